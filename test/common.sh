# Sourced by the scripts of the layers. A script says what its layer is called and gets
#
#   $work         a temporary folder that goes away when the script ends, also on Ctrl-C
#   limit S CMD   runs CMD, and ends it after S seconds; what a Tern program was doing then is on its standard error
#   hung STATUS   whether limit had to end the command
#
#   $TERN_VARIANT the build of the runtime under test, as make's VARIANT or SAN chooses it: release, debug, thread...
#   $variant_flags  for a C program that is linked with that build
#
# When the script ends, no process that it started is left: all carry its mark in their environment.

export TERN_VARIANT=${TERN_VARIANT:-${VARIANT:-release}}
case $TERN_VARIANT in
  release) variant_flags= ;;
  # The same as in the Makefile; why is told in runtime/os/sanitize.c.
  thread) variant_flags="-fsanitize=thread -Wno-tsan --param=tsan-instrument-func-entry-exit=0" ;;
  address) variant_flags="-fsanitize=address --param=asan-use-after-return=0" ;;
  undefined) variant_flags="-fsanitize=undefined -fno-sanitize=null,nonnull-attribute
    -fno-sanitize-recover=undefined" ;;
  *) variant_flags=-DTERN_DEBUG=1 ;;
esac

# begin NAME: call this first.
begin() {
  work=$(mktemp -d "${TMPDIR:-/tmp}/tern-$1.XXXXXX") || exit 2
  export TERN_TEST_MARK=$work
  trap finish EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

# Ends what still runs (a command under timeout is out of reach of Ctrl-C), then removes the folder.
finish() {
  local file pid
  trap '' INT TERM HUP
  for file in $(grep -lsaF "TERN_TEST_MARK=$work" /proc/[0-9]*/environ 2>/dev/null); do
    pid=${file#/proc/} pid=${pid%/*}
    [ "$pid" = $$ ] || [ "$pid" = "$BASHPID" ] || kill -KILL "$pid" 2>/dev/null
  done
  chmod -R u+rwX "$work" 2>/dev/null
  rm -rf "$work"
}

# SIGQUIT asks for a traceback; who does not answer is killed.
limit() {
  timeout -s QUIT -k 5 "$@"
}

hung() {
  [ "$1" = 124 ] || [ "$1" = 137 ]
}

# with_purego DIR PROGRAM: for Go, which has no package github.com/ebitengine/purego of its own: makes folder DIR a module
# with PROGRAM as its only file, in which that package is the one in folder $PUREGO.
with_purego() {
  mkdir -p "$1" && cp "$2" "$1/main.go" && printf '%s\n' 'module program' 'go 1.22' \
    'require github.com/ebitengine/purego v0.0.0' "replace github.com/ebitengine/purego => $(cd "$PUREGO" && pwd)" >"$1/go.mod"
}

# compile SOURCE OBJECT FLAGS...: unless OBJECT was made with the same flags and is newer than all that it was made of.
compile() {
  local source=$1 object=$2 file fresh=1
  shift 2
  [ -f "$object" ] && [ "$(cat "$object.flags" 2>/dev/null)" = "${CC:-cc} $*" ] || fresh=
  for file in ${fresh:+$(sed 's/^[^:]*://; s/\\$//' "$object.d")}; do
    [ -e "$file" ] && [ ! "$file" -nt "$object" ] || fresh=
  done
  [ -z "$fresh" ] || return 0
  ${CC:-cc} "$@" -c -MMD -MF "$object.d" -o "$object" "$source" && echo "${CC:-cc} $*" >"$object.flags"
}

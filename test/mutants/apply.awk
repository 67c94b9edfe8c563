# Plants one fault: reads a patch of this folder, changes the files that it names.
#
#     awk -v out=FOLDER -f apply.awk PATCH        run at the top of the tree; the changed files go to FOLDER
#
# A patch is a head of lines "key: value", then hunks as in a diff, but without line numbers, so that a patch outlives
# changes around it:
#
#     --- runtime/gc/barrier.c
#     @@ void tern_wb(            the hunk matches behind the first line with this text; @@ alone: in the whole file
#      context
#     -a line that goes
#     +a line that comes
#
# Lines are compared without comments and with white space squeezed; what is empty then is skipped. The lines of a hunk
# must match one place only, or with a text behind @@ the first place; if they match nowhere, those before the first and
# behind the last that change are left out. Prints a line for each file; exit status 1 and the reason on standard error if
# something does not match.

function fail(text) {
  print FILENAME ": " text >"/dev/stderr"
  failed = 1
  exit 1
}

# What is compared of a line. A comment over several lines is taken for its first and last line only.
function core(line) {
  gsub(/\/\*([^*]|\*[^\/])*\*\//, " ", line)
  sub(/\/\*.*$/, " ", line)
  sub(/\/\/ .*$/, " ", line)
  gsub(/[ \t]+/, " ", line)
  sub(/^ /, "", line)
  sub(/ $/, "", line)
  return line
}

function read_file(path,   line) {
  nlines = 0
  while ((getline line < path) > 0) {
    text[++nlines] = line
    kern[nlines] = core(line)
    behind[nlines] = ""
    gone[nlines] = 0
  }
  close(path)
  if (nlines == 0) fail("there is no " path)
}

function write_file(path,   to, i) {
  to = out "/" path
  sub(/\/[^\/]*$/, "", to)
  system("mkdir -p '" to "'")
  to = out "/" path
  printf "%s", behind[0] > to
  for (i = 1; i <= nlines; i++) {
    if (!gone[i]) print text[i] > to
    printf "%s", behind[i] > to
  }
  close(to)
  print path
}

# Do the hunk's lines a to b match with the first of them at line i? Their places go to place[].
function matches(i, a, b,   k) {
  for (k = a; k <= b; k++) {
    if (sign[k] == "+") continue
    while (i <= nlines && kern[i] == "") i++
    if (i > nlines || kern[i] != core(hunk[k])) return 0
    place[k] = i++
  }
  return 1
}

# Looks for the hunk's lines a to b from line `from` on: found counts the places, at is the last of them.
function search(a, b, from, only_first,   i, k, first) {
  for (k = a; k <= b && sign[k] == "+"; k++) continue
  if (k > b) fail(path ": a hunk has nothing to match")
  first = core(hunk[k])
  found = 0
  for (i = from; i <= nlines; i++) {
    if (kern[i] != first || !matches(i, a, b)) continue
    found++
    at = i
    if (only_first) return
  }
}

# Why nothing matches: a line that is gone, if there is one.
function complain(   k, i) {
  for (k = 1; k <= nhunk; k++) {
    if (sign[k] == "+") continue
    for (i = 1; i <= nlines && kern[i] != core(hunk[k]); i++) continue
    if (i > nlines) fail(path " has no line \"" core(hunk[k]) "\" any more")
  }
  fail(path ": " (found ? found : "no") " places match a hunk" (anchor != "" ? " behind \"" anchor "\"" : ""))
}

function apply_hunk(   from, k, a, b) {
  if (nhunk == 0) return
  from = 1
  if (anchor != "") {
    while (from <= nlines && index(text[from], anchor) == 0) from++
    if (from > nlines) from = 1 # then it must be one place in the whole file
  }
  a = 1
  b = nhunk
  search(a, b, from, from > 1)
  if (found != 1) { # without the lines around what changes
    for (k = 1; k <= nhunk && sign[k] != "-"; k++) continue
    if (k > nhunk) complain()
    while (sign[a] == " ") a++
    while (sign[b] == " ") b--
    search(a, b, from, from > 1)
    if (found != 1) complain()
  }
  matches(at, a, b)
  at--
  for (k = a; k <= b; k++) {
    if (sign[k] == "+") {
      behind[at] = behind[at] hunk[k] "\n"
    } else {
      at = place[k]
      if (sign[k] == "-") gone[at] = 1
    }
  }
  nhunk = 0
}

function end_file() {
  apply_hunk()
  if (path != "") write_file(path)
}

/^--- / { end_file(); path = $2; read_file(path); anchor = ""; next }
path == "" { next }
/^@@/ { apply_hunk(); anchor = core(substr($0, 3)); next }
/^[-+ ]/ {
  k = substr($0, 1, 1)
  if (k == "+" || core(substr($0, 2)) != "") { sign[++nhunk] = k; hunk[nhunk] = substr($0, 2) }
  next
}
/^$/ { next }
{ fail("not a line of a hunk: " $0) }
END { if (!failed) end_file() }

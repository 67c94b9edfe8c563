# Tern: make, make run, make test, make install PREFIX=..., make help.
#
# Everything that is built goes to build/VARIANT/ and bin/tern.
#   VARIANT=release  optimised (the default)
#   VARIANT=debug    assertions, lock ranks, heap verifier
#   VARIANT=sim      the same, all threads on one under a seeded scheduler (make sim)
#   SAN=thread|address|undefined  a variant of its own with that sanitizer
#   SAN=compiler     not the runtime but the compiler, with address and undefined

.SUFFIXES:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

SAN ?=
ASKED_SAN := $(SAN)
ifeq ($(SAN),compiler)
override SAN :=
endif
VARIANT ?= $(if $(SAN),$(SAN),release)
B := build/$(VARIANT)
CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
AR ?= ar
PREFIX ?= /usr/local
JOBS ?= $(shell nproc)

WARN := -Wall -Wextra -Werror -Wundef -Wno-unused-parameter
COMMON := -std=gnu17 -g -fno-omit-frame-pointer -fwrapv -fno-strict-aliasing -MMD -MP
ifeq ($(VARIANT),debug)
OPT := -O1 -DTERN_DEBUG=1
else ifeq ($(VARIANT),sim)
OPT := -O1 -DTERN_DEBUG=1 -DTERN_SIM=1
else
OPT := -O2 -DTERN_DEBUG=0
endif
ifneq ($(SAN),)
# No call stacks for TSan, all frames where the collector looks for ASan: why is
# told in runtime/os/sanitize.c.
OPT := -O1 -DTERN_DEBUG=0 -fsanitize=$(SAN) -Wno-tsan \
  --param=tsan-instrument-func-entry-exit=0 --param=asan-use-after-return=0 \
  -fno-sanitize=null,nonnull-attribute -fno-sanitize-recover=undefined
endif
# The runtime: no PIC, no stack protector; frame pointers for tracebacks.
RT_FLAGS := $(COMMON) $(OPT) $(WARN) -Iruntime -fno-pie -fno-stack-protector \
  -fcf-protection=none -fno-delete-null-pointer-checks -ffp-contract=off -fno-plt
TERN_FLAGS := $(COMMON) -D_GNU_SOURCE -O2 $(WARN) -Icompiler -Iruntime

RT_SRC := $(wildcard runtime/*.c runtime/*/*.c runtime/*/*.S)
ifeq ($(VARIANT),sim)
RT_SRC := $(filter-out runtime/os/thread.c runtime/os/memory.c,$(RT_SRC)) \
  $(wildcard runtime/os/sim/*.c runtime/os/sim/*.S)
endif
RT_OBJ := $(RT_SRC:%=$(B)/%.o)
TERN_SRC := $(wildcard compiler/*.c)
# The command reads execution traces with the runtime's own parser.
TERN_OBJ := $(TERN_SRC:%=build/release/%.o) build/release/tern/parse.c.o build/release/tern/check.c.o
TERN := bin/tern

.PHONY: all runtime compiler lib
all: $(TERN) $(B)/libternrt.a $(B)/lib.stamp

runtime: $(B)/libternrt.a
compiler: $(TERN)
lib: $(B)/lib.stamp

$(B)/runtime/%.c.o: runtime/%.c
	@mkdir -p $(@D)
	@echo "  CC  $<"
	@$(CC) $(RT_FLAGS) -c $< -o $@
$(B)/runtime/%.S.o: runtime/%.S
	@mkdir -p $(@D)
	@echo "  AS  $<"
	@$(CC) -g -Iruntime -c $< -o $@
build/release/compiler/%.c.o: compiler/%.c
	@mkdir -p $(@D)
	@echo "  CC  $<"
	@$(CC) $(TERN_FLAGS) -c $< -o $@
build/release/tern/%.c.o: runtime/trace/%.c
	@mkdir -p $(@D)
	@echo "  CC  $<"
	@$(CC) $(TERN_FLAGS) -c $< -o $@

# The table of the lock order, made of the graph; a cycle in that ends the build. It is
# kept in the source tree, so that whoever includes it needs no path of its own.
runtime/sync/lockorder.h: runtime/sync/lockrank.txt tools/lockrank
	@mkdir -p $(B)
	@tools/lockrank header > $(B)/lockorder.h
	@cmp -s $(B)/lockorder.h $@ && touch $@ || { echo "  GEN $@" && mv $(B)/lockorder.h $@; }
$(RT_OBJ): | runtime/sync/lockorder.h

$(B)/libternrt.a: $(RT_OBJ)
	@rm -f $@
	@$(AR) rcs $@ $^

$(TERN): $(TERN_OBJ)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) -O2 $^ -lgmp -lm -pthread -o $@

# The same with sanitizers, for test/sanitize/run compiler.
SANITIZED_OBJ := $(TERN_SRC:compiler/%=build/compiler/%.o) \
  build/compiler/trace/parse.c.o build/compiler/trace/check.c.o
SANITIZED_FLAGS := $(filter-out -O2 -Werror,$(TERN_FLAGS)) -O1 \
  -fsanitize=address,undefined -fno-sanitize-recover=undefined
build/compiler/trace/%.c.o: runtime/trace/%.c
	@mkdir -p $(@D)
	@$(CC) $(SANITIZED_FLAGS) -c $< -o $@
build/compiler/%.c.o: compiler/%.c
	@mkdir -p $(@D)
	@$(CC) $(SANITIZED_FLAGS) -c $< -o $@
build/compiler/bin/tern: $(SANITIZED_OBJ)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) -fsanitize=address,undefined $^ -lgmp -lm -pthread -o $@

# ---- The standard packages: source -> C -> one archive ----------------------

LIB_DIRS := $(sort $(dir $(shell find runtime/lib -name '*.go')))
LIB_PKGS := $(patsubst runtime/lib/%/,%,$(LIB_DIRS))
LIB_OBJ := $(foreach p,$(LIB_PKGS),$(B)/lib/$(p)/package.o)
EMIT_FLAGS = $(shell TERN_VARIANT=$(VARIANT) $(TERN) env CFLAGS) -Iruntime

# A package's C depends on the packages that it imports, too: all are made again when
# any source changes, and what comes out the same keeps its time, so that little is
# compiled.
ABI := $(addprefix runtime/,lang/tern.h gc/store.h sched/ghead.h heap/type.h \
  os/sanitize.h)
LIB_SRC := $(shell find runtime/lib -name '*.go')
$(B)/lib/%/package.stamp: $(TERN) $(ABI) $(LIB_SRC)
	@mkdir -p $(@D)
	@$(TERN) compile-package $* -o $(@D)/new.c
	@if cmp -s $(@D)/new.c $(@D)/package.c; then rm $(@D)/new.c; else \
	  echo "  GO  $*" && mv $(@D)/new.c $(@D)/package.c; fi
	@touch $@
$(B)/lib/%/package.c: $(B)/lib/%/package.stamp
	@:
.SECONDARY: $(foreach p,$(LIB_PKGS),$(B)/lib/$(p)/package.c $(B)/lib/$(p)/package.stamp)

$(B)/lib/%/package.o: $(B)/lib/%/package.c $(ABI)
	@$(CC) $(EMIT_FLAGS) -c $< -o $@

$(B)/libternlib.a: $(LIB_OBJ)
	@rm -f $@
	@$(AR) rcs $@ $^

$(B)/lib.stamp: $(B)/libternlib.a
	@touch $@

# ---- Running ----------------------------------------------------------------

PROGRAM ?= examples/showcase.go
ARGS ?=

.PHONY: setup run test check bench install uninstall clean help
setup:
	@tools/setup

run: setup
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@echo "== $(PROGRAM) $(ARGS)"
	@GODEBUG=$${GODEBUG-gctrace=1} bin/tern run "$(PROGRAM)" $(ARGS)

test: setup
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(if $(ASKED_SAN),test/sanitize/run $(ASKED_SAN),test/run)

check:
	@tools/check

bench: setup
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@tools/bench $(GROUP)

# ---- Single layers ------------------------------------------------------------

.PHONY: unit lang stress models mutants fuzz
unit lang stress:
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@VARIANT=$(VARIANT) test/run $@

models: setup
	@test/models/run

# SECONDS=300 SEED=7; test/fuzz/run
fuzz: setup
	@SEED="$(SEED)" ONE="$(ONE)" test/fuzz/run $(SECONDS)

# MUTANT="E17 E20": only these. FULL=1: against every layer, for a night.
mutants: setup
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@test/mutants/run $(if $(FULL),--full) $(MUTANT)

# The real runtime under a deterministic scheduler; test/sim/README.md.
.PHONY: sim
sim:
	@SEED="$(SEED)" SEEDS="$(SEEDS)" FIRST="$(FIRST)" SCENARIO="$(SCENARIO)" TRACE="$(TRACE)" test/sim/run

# ---- Installing ---------------------------------------------------------------

L := $(DESTDIR)$(PREFIX)/lib/tern
install: all
	@mkdir -p "$(DESTDIR)$(PREFIX)/bin" "$(L)"
	@install -m 755 bin/tern "$(DESTDIR)$(PREFIX)/bin/tern"
	@install -m 644 $(B)/libternrt.a $(B)/libternlib.a "$(L)/"
	@for h in $(ABI:runtime/%=%); do mkdir -p "$(L)/include/$${h%/*}" && \
	  install -m 644 runtime/$$h "$(L)/include/$$h" || exit 1; done
	@for d in $(LIB_PKGS); do mkdir -p "$(L)/src/$$d" && \
	  install -m 644 runtime/lib/$$d/*.go "$(L)/src/$$d/" || exit 1; done
	@echo "installed $(DESTDIR)$(PREFIX)/bin/tern"

uninstall:
	@rm -rf "$(DESTDIR)$(PREFIX)/bin/tern" "$(L)"

clean:
	rm -rf build bin

help:
	@echo "make                     build bin/tern and the runtime"
	@echo "make run                 install what is missing, build, run the showcase"
	@echo "make run PROGRAM=examples/x.go ARGS=\"...\""
	@echo "make test                everything is tested"
	@echo "make test SAN=thread     unit, lang and stress with a sanitizer; or address, undefined"
	@echo "make test SAN=compiler   the compiler itself with sanitizers"
	@echo "make fuzz SECONDS=300    programs that nobody wrote, to the compiler with sanitizers"
	@echo "make bench               against Go, if it is installed"
	@echo "make unit|lang|stress|models   one layer of the tests"
	@echo "make mutants MUTANT=E17  a planted fault and the test that notices; all of them without MUTANT"
	@echo "make sim SEEDS=100000    the runtime under a deterministic scheduler"
	@echo "make sim SEED=n SCENARIO=x TRACE=1   one run of it, event for event"
	@echo "make check               style: floors, lengths, headers"
	@echo "make install PREFIX=...  where an ordinary user can use it"

-include $(RT_OBJ:.o=.d) $(TERN_OBJ:.o=.d) $(SANITIZED_OBJ:.o=.d)

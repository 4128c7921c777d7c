# SPDX-License-Identifier: GPL-2.0-or-later
#
# make            plugin, runtime and tools, in build/
# make demo-report   which calls of SQLite and GMP become direct, and what is worth a tag
# make demo       the small example, then SQLite with and without the plugin
# make check      the DejaGnu suite; OPTIONS=all: at every level, as every kind of code
# make check-stress   the long stress run
# make check-broken   the suite sees a runtime that is broken on purpose, in more than fifty ways
# make check-fuzz-tools   coverage-guided fuzzing of the tools, SECONDS=600 each
# make check-torture  GCC's own torture tests, calls made keys; see scripts/gcc-torture
# make check-compilers   the suite with GCC 11 to 16, or COMPILERS="13 16"
# make check-kernel   modules with keys in Debian's kernel, in qemu; part of make check;
#                 KERNEL=6.12 or "6.1 6.12 newest" for those of other releases
# make check-kernel-broken   the same tests see a runtime that is broken on purpose
# make check-kernel-drivers   XFS and the loop device, every indirect call dynamic, used in qemu
# make check-kernel-uml   what a call costs in a kernel, natively: User Mode Linux
# make check-kernel-full   Linux 6.1 or 6.12 with keys: build, boot, compare; KERNEL= as above; see
#                     kernel/full/run
# make check-packages   packages, quick start, CMake, Meson, autotools: in empty Debian 12 folders
# make bench      costs of calls, updates, stores, start-up and compilation, and figures
# make bench-gmp  GMP with one tag, with and without retpolines; builds it four times
# make check-programs   Lua, SQLite and LevelDB with every call dynamic pass their own tests
# make bench-programs   their time, memory, and how many indirect calls became direct
# make check-server   a server of the distribution with keys and dynamic calls, under load, seen from outside
# make install    plugin, runtime, tools, headers and manuals, below $(prefix)
# make uninstall  removes what make install with the same settings has put there
# make deb        Debian packages, in build/deb; COMPILERS="11 12": plugins for these GCCs
# make clean      removes build/
# make format     formats the sources; make check-format only looks, and at the floors
# make help       this text
#
# CC=gcc-11 builds for another compiler (CXX follows); B=folder builds elsewhere,
# so that B=build-11 CC=gcc-11 leaves build/ alone. WERROR=1: warnings are errors.
# SETUP= (nothing) skips the search for missing packages. CPPFLAGS, CFLAGS, CXXFLAGS and
# LDFLAGS are added to what each part needs, which wins: no LTO, for example, in the
# plugin and the runtime. install knows DESTDIR, prefix, bindir, libdir, includedir,
# mandir, datadir, pkgconfigdir, cmakedir, gdbdir and plugindir. plugindir is GCC's own folder of plugins, where
# -fplugin=static_call looks, if that is below the prefix or the prefix is /usr/local;
# else it is $(libdir)/static_call/VERSION-OF-GCC, and -fplugin= wants the whole path.

ifneq ($(words $(CURDIR)$(B)),1)
$(error Make cannot build in a folder with blanks in its path: "$(CURDIR)", B=$(B))
endif

VERSION	:= 0.1.0
SOVER	:= 1

# The shells in recipes see these: scripts and tests build with the same compiler.
ifeq ($(origin CC),default)
CC	:= gcc
endif
# CC may have more words, as in "ccache gcc" or "gcc -m64"; cc_base is the compiler.
cc_base	:= $(lastword $(filter-out -%,$(CC)))
cxx_base := $(patsubst %$(notdir $(cc_base)),%$(subst gcc,g++,$(notdir $(cc_base))),$(cc_base))
ifeq ($(origin CXX),default)
CXX	:= $(foreach word,$(CC),$(if $(filter $(cc_base),$(word)),$(cxx_base),$(word)))
endif
CXX	:= $(strip $(CXX))
B	?= build
export CC CXX B

prefix	?= /usr/local
bindir	?= $(prefix)/bin
libdir	?= $(prefix)/lib
includedir ?= $(prefix)/include
mandir	?= $(prefix)/share/man
pkgconfigdir ?= $(libdir)/pkgconfig
# Expanded in recipes only, when set-up is done.
gcc_plugindir = $(abspath $(shell $(CC) -print-file-name=plugin))
plugindir ?= $(if $(filter /usr/local $(abspath $(prefix))/%,$(abspath $(prefix)) \
	$(gcc_plugindir)),$(gcc_plugindir),$(libdir)/static_call/$(shell $(CC) -dumpversion))
INSTALL	?= install

CFLAGS	?= -O2 -g
CXXFLAGS ?= -O2 -g
AR	?= ar
OBJCOPY	?= objcopy
SETUP	?= scripts/setup
setup	:= $(or $(strip $(SETUP)),:)
WARN	:= -Wall -Wextra $(if $(WERROR),-Werror)

O	:= $(B)/obj/$(notdir $(cc_base))
DEPS	 = -MMD -MP -MF $(@:.o=.d)

plugin_objs  := $(patsubst %.c,$(O)/%.o,$(wildcard plugin/*.c plugin/*/*.c))
runtime_objs := $(patsubst %.c,$(O)/%.o,\
	$(wildcard runtime/*.c runtime/port/linux-user/*.c))
# The tools share the checker's readers, and the runtime's knowledge of the bytes of a site.
tool_mains   := $(O)/tools/static_call-check.o $(O)/tools/static_call-prelink.o \
	$(O)/tools/static_call-stress.o
tool_objs    := $(patsubst %.c,$(O)/%.o,$(wildcard tools/*.c)) $(O)/tools/x86_64-body.o
stress_objs  := $(filter $(O)/tools/stress-%,$(tool_objs)) $(O)/tools/x86_64-body.o \
	$(O)/tools/static_call-stress.o
check_objs   := $(filter-out $(tool_mains) $(O)/tools/prelink-% $(O)/tools/stress-%,$(tool_objs)) \
	$(O)/tools/static_call-check.o
prelink_objs := $(filter-out $(tool_mains) $(O)/tools/check-print.o $(O)/tools/check-report.o \
	$(O)/tools/check-seen.o $(O)/tools/check-places.o $(O)/tools/check-names.o \
	$(O)/tools/check-common.o $(O)/tools/check-access.o $(O)/tools/live-% \
	$(O)/tools/stress-%,$(tool_objs)) \
	$(O)/tools/static_call-prelink.o

# What no flag of the user may bring into the plugin and the runtime, as it needs more than
# they can have: a second compilation at the link, libraries of sanitizers and profiles.
# The plugin would not load in a compiler that was built without.
PLAIN	:= -fno-lto -fno-sanitize=all -fno-profile-generate -fno-profile-arcs -fno-test-coverage \
	-fno-instrument-functions -fno-split-stack
# The same for flags that no other takes back.
plain	= $(filter-out -pg -p --coverage -coverage -fsanitize-coverage=%,$(1))
# The compiler must know the option; found out when set-up is done.
try	= $(shell $(CC) $(1) -x c -E /dev/null -o /dev/null 2>/dev/null && echo '$(1)')

# GCC's headers are written for C++11 up to GCC 13, and for C++14 since.
PLUGIN_FLAGS = -x c++ -std=gnu++14 $(WARN) -DSTATIC_CALL_VERSION='"$(VERSION)"' -Iinclude \
	-Iplugin -isystem $(gcc_plugindir)/include $(CPPFLAGS) $(call plain,$(CXXFLAGS)) -fno-rtti -fno-exceptions \
	-fPIC -fvisibility=hidden $(PLAIN)
# No libc, no calls that the compiler invents, and safe to run before relocation
# of anything but this library. General registers only: dynamic calls come here with
# arguments in all others. GCC 16 clears large structs by memset(), if it may.
RUNTIME_FLAGS = $(CPPFLAGS) $(call plain,$(CFLAGS)) -O2 -std=gnu11 -ffreestanding -nostdlib \
	-fno-builtin -fPIC -mgeneral-regs-only $(call try,-mno-apxf) \
	-fvisibility=hidden -fno-stack-protector -fno-tree-loop-distribute-patterns \
	-minline-all-stringops -fcf-protection $(PLAIN) -fno-trapv -fno-exceptions \
	$(call try,-ftrivial-auto-var-init=uninitialized) \
	$(WARN) -DSTATIC_CALL_KEY_RUNTIME_SOURCE -Iinclude -Iruntime -Iruntime/port/linux-user
CHECK_FLAGS = -std=gnu11 $(WARN) -DSTATIC_CALL_VERSION='"$(VERSION)"' -Iinclude -Iruntime \
	-Iruntime/port/linux-user $(CPPFLAGS) \
	$(CFLAGS)
PLUGIN_LDFLAGS = $(call plain,$(LDFLAGS)) -shared $(PLAIN)
RUNTIME_LDFLAGS = $(call plain,$(LDFLAGS)) -shared -nostdlib $(PLAIN) \
	-Wl,-soname,libstatic_call.so.$(SOVER) \
	-Wl,-z,defs,-z,relro,-z,now

products := $(B)/static_call.so $(B)/libstatic_call.a $(B)/libstatic_call.so \
	$(B)/libstatic_call.so.$(SOVER) $(B)/static_call-check $(B)/static_call-report \
	$(B)/static_call-prelink $(B)/static_call-stress

.PHONY: all demo demo-report check check-stress check-compilers bench bench-gmp install uninstall clean help format \
	check-format setup-build setup-check setup-demo setup-bench setup-format FORCE
.DELETE_ON_ERROR:

all: $(products)

setup-build:
	@$(setup) build
setup-check setup-demo setup-bench setup-format: setup-%: setup-build
	@$(setup) $*

# Everything that goes into an object, so that a change of it rebuilds.
define stamp
@mkdir -p $(@D)
@printf '%s\n' $(1) | cmp -s - $@ || printf '%s\n' $(1) > $@
endef
quote = '$(subst ','\'',$(1))'

$(O)/flags: FORCE | setup-build
	@[ -f $(gcc_plugindir)/include/gcc-plugin.h ] && ! $(CC) -dM -x c -E /dev/null | \
		grep -q __clang__ || { echo "CC=$(CC): this is no GCC, or its headers for" \
		"plugins are not installed (gcc-N-plugin-dev in Debian)" >&2; exit 1; }
	$(call stamp,"$$($(CC) --version)" "$$($(CXX) --version)" \
		$(call quote,$(PLUGIN_FLAGS)) $(call quote,$(RUNTIME_FLAGS)) \
		$(call quote,$(CHECK_FLAGS)))

# The same for what is linked: which objects, of which compiler; by names that do not
# depend on how B is spelt, as the suite calls make with an absolute one beside its tests.
$(B)/link-flags: FORCE | setup-build
	$(call stamp,$(call quote,$(CC) $(CXX) $(PLUGIN_LDFLAGS) $(RUNTIME_LDFLAGS)) \
		$(call quote,$(patsubst $(O)/%,%,$(plugin_objs) $(runtime_objs) $(check_objs) \
		$(prelink_objs) $(stress_objs))))

$(plugin_objs): $(O)/%.o: %.c $(O)/flags
	@mkdir -p $(@D)
	$(CXX) $(PLUGIN_FLAGS) $(DEPS) -c -o $@ $<

$(runtime_objs): $(O)/%.o: %.c $(O)/flags
	@mkdir -p $(@D)
	$(CC) $(RUNTIME_FLAGS) $(DEPS) -c -o $@ $<

$(O)/tools/x86_64-body.o: runtime/x86_64-body.c $(O)/flags
	@mkdir -p $(@D)
	$(CC) $(CHECK_FLAGS) $(DEPS) -c -o $@ $<

$(filter-out %/x86_64-body.o,$(tool_objs)): $(O)/%.o: %.c $(O)/flags
	@mkdir -p $(@D)
	$(CC) $(CHECK_FLAGS) $(DEPS) -c -o $@ $<

# Weak references: another GCC than the one it was built for can load the plugin
# too, far enough to say that it cannot use it; and lto1, which lacks front-end symbols.
$(B)/static_call.so: $(plugin_objs) $(B)/link-flags
	$(LD) -r -o $(O)/plugin/all.o $(plugin_objs)
	$(OBJCOPY) --weaken $(O)/plugin/all.o
	$(CXX) $(PLUGIN_LDFLAGS) -o $@ $(O)/plugin/all.o

$(B)/libstatic_call.a: $(runtime_objs) $(B)/link-flags
	@rm -f $@
	$(AR) rcs $@ $(runtime_objs)

$(B)/libstatic_call.so: $(runtime_objs) $(B)/link-flags
	$(CC) $(RUNTIME_LDFLAGS) -o $@ $(runtime_objs)

$(B)/libstatic_call.so.$(SOVER): | $(B)/libstatic_call.so
	@ln -sf libstatic_call.so $@

$(B)/static_call-check: $(check_objs) $(B)/link-flags
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(check_objs) -lelf

$(B)/static_call-prelink: $(prelink_objs) $(B)/link-flags
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(prelink_objs) -lelf

$(B)/static_call-stress: $(stress_objs) $(B)/link-flags
	$(CC) $(CFLAGS) $(LDFLAGS) -pthread -o $@ $(stress_objs)

$(B)/static_call-report: tools/static_call-report Makefile
	@mkdir -p $(@D)
	sed 's/@VERSION@/$(VERSION)/' $< > $@
	chmod 755 $@

-include $(patsubst %.o,%.d,$(plugin_objs) $(runtime_objs) $(tool_objs))

demo: all setup-demo
	scripts/demo

demo-report: all setup-demo
	scripts/demo-report

bench: all setup-bench
	bench/run

bench-gmp: all setup-bench
	bench/run gmp

.PHONY: check-server
check-server: all
	@$(setup) server
	scripts/server

# PROGRAMS="lua sqlite": these only.
.PHONY: check-programs bench-programs
check-programs bench-programs: %-programs: all
	@$(setup) programs
	scripts/programs $* $(PROGRAMS)

# Each folder of the suite, and each half of the largest, runs in a folder of its
# own, so that make -j check runs them side by side.
# $(1): folder of the suite, $(2): where, $(3): which of its tests.
define runtest
@rm -rf $(2)
@mkdir -p $(2)
@printf 'set %s {%s}\n' tool static_call srcdir '$(CURDIR)/testsuite' \
	objdir '$(abspath $(2))' top_srcdir '$(CURDIR)' top_builddir '$(abspath $(B))' \
	CC_UNDER_TEST '$(CC)' CXX_UNDER_TEST '$(CXX)' > $(2)/site.exp
cd $(2) && runtest --tool static_call --directory $(1) $(3) $(RUNTESTFLAGS) || :
endef

suites := $(notdir $(wildcard testsuite/static_call.*))
ifeq ($(RUNTESTFLAGS),)
halved := static_call.exec
tests.1 := 'torture.exp=[a-m]*'
tests.2 := 'torture.exp=[n-z]*'
endif
# The long ones first: begun last, one of them would run alone in the end.
long := static_call.exec static_call.abi static_call.kernel static_call.modes
suite_runs := $(foreach s,$(long) $(filter-out $(long),$(suites)),\
	$(if $(filter $(s),$(halved)),$(s).1 $(s).2,$(s)))
.PHONY: $(suite_runs:%=check-%)

$(suite_runs:%=check-%): check-%: all setup-check
	$(call runtest,$(patsubst %.1,%,$(*:.2=)),$(B)/testsuite/$*,$(if \
		$(filter $(halved:%=%.1) $(halved:%=%.2),$*),$(tests$(suffix $*))))

# A failed suite does not keep the others from running: the summary fails.
check: $(suite_runs:%=check-%)
	@scripts/test-summary $(suite_runs:%=$(B)/testsuite/%/static_call.sum)

export STATIC_CALL_OPTIONS := $(OPTIONS)

check-stress: export STATIC_CALL_STRESS = full
check-stress: all setup-check
	@$(setup) fuzz
	$(call runtest,static_call.stress,$(B)/testsuite-stress)
	$(call runtest,static_call.fuzz,$(B)/testsuite-fuzz)
	@scripts/test-summary $(B)/testsuite-stress/static_call.sum \
		$(B)/testsuite-fuzz/static_call.sum

.PHONY: check-broken check-fuzz-tools
check-broken: all setup-check
	@$(setup) check-all
	scripts/check-broken

check-fuzz-tools: all
	@$(setup) fuzz-tools
	scripts/fuzz-tools $(SECONDS)

.PHONY: check-torture
check-torture: all setup-check
	scripts/gcc-torture

.PHONY: check-kernel check-kernel-broken
ifdef KERNEL
check-kernel:
	scripts/kernels $(KERNEL)
else
check-kernel: check-static_call.kernel
	@scripts/test-summary $(B)/testsuite/static_call.kernel/static_call.sum
endif

check-kernel-broken: all setup-check
	@$(setup) kernel
	kernel/kit/check-broken

.PHONY: check-kernel-drivers
check-kernel-drivers: all
	@$(setup) kernel-drivers
	kernel/kit/check-drivers || [ $$? -eq 77 ]

.PHONY: check-kernel-uml
check-kernel-uml: all
	@$(setup) kernel-uml
	kernel/uml/run || [ $$? -eq 77 ]

.PHONY: check-kernel-full
ifdef KERNEL
check-kernel-full:
	scripts/kernels --full $(KERNEL)
else
check-kernel-full: all
	@$(setup) kernel-full
	kernel/full/before-after $(KERNEL_CONFIG)
	kernel/full/run $(KERNEL_CONFIG)
endif

# Each compiler builds in a folder of its own below $(B).
check-compilers:
	scripts/compilers $(COMPILERS)

headers := include/static_call.h include/static_call_dynamic.h include/static_call_abi.h

include packaging/packaging.mk

# Root's own installation into the running system makes the library known to its loader.
define ldconfig
@[ -n "$(DESTDIR)" ] || [ "$$(id -u)" -ne 0 ] || PATH="$$PATH:/usr/sbin:/sbin" ldconfig
endef

install: all
	$(INSTALL) -d $(DESTDIR)$(bindir) $(DESTDIR)$(libdir) $(DESTDIR)$(includedir) \
		$(DESTDIR)$(mandir)/man1 $(DESTDIR)$(mandir)/man7 \
		$(DESTDIR)$(plugindir)
	$(INSTALL) -m 644 $(B)/static_call.so $(DESTDIR)$(plugindir)/static_call.so
	$(INSTALL) -m 644 $(B)/libstatic_call.a $(DESTDIR)$(libdir)/libstatic_call.a
	$(INSTALL) -m 644 $(B)/libstatic_call.so $(DESTDIR)$(libdir)/libstatic_call.so.$(SOVER)
	ln -sf libstatic_call.so.$(SOVER) $(DESTDIR)$(libdir)/libstatic_call.so
	$(INSTALL) -m 755 $(B)/static_call-check $(DESTDIR)$(bindir)/static_call-check
	$(INSTALL) -m 755 $(B)/static_call-report $(DESTDIR)$(bindir)/static_call-report
	$(INSTALL) -m 755 $(B)/static_call-prelink $(DESTDIR)$(bindir)/static_call-prelink
	$(INSTALL) -m 755 $(B)/static_call-stress $(DESTDIR)$(bindir)/static_call-stress
	$(INSTALL) -m 644 $(headers) $(DESTDIR)$(includedir)
	$(INSTALL) -m 644 doc/static_call-check.1 doc/static_call-report.1 \
		doc/static_call-prelink.1 doc/static_call-stress.1 $(DESTDIR)$(mandir)/man1
	$(INSTALL) -m 644 doc/static_call.7 $(DESTDIR)$(mandir)/man7
	$(install_packaging)
	$(ldconfig)
	@echo "Use it as:  $(notdir $(cc_base)) -fplugin=$(if $(filter \
		$(gcc_plugindir),$(plugindir)),static_call,$(plugindir)/static_call.so)"
ifneq ($(gcc_plugindir),$(plugindir))
	@echo "or, with the header and the library, as doc/building.md has it for pkg-config:" \
		"PKG_CONFIG_PATH=$(libdir)/pkgconfig"
endif

uninstall:
	rm -f $(DESTDIR)$(plugindir)/static_call.so \
		$(DESTDIR)$(libdir)/libstatic_call.a $(DESTDIR)$(libdir)/libstatic_call.so \
		$(DESTDIR)$(libdir)/libstatic_call.so.$(SOVER) \
		$(DESTDIR)$(bindir)/static_call-check $(DESTDIR)$(bindir)/static_call-report \
		$(DESTDIR)$(bindir)/static_call-prelink $(DESTDIR)$(bindir)/static_call-stress \
		$(addprefix $(DESTDIR)$(includedir)/,$(notdir $(headers))) \
		$(DESTDIR)$(mandir)/man1/static_call-check.1 \
		$(DESTDIR)$(mandir)/man1/static_call-report.1 \
		$(DESTDIR)$(mandir)/man1/static_call-prelink.1 \
		$(DESTDIR)$(mandir)/man1/static_call-stress.1 \
		$(DESTDIR)$(mandir)/man7/static_call.7
	$(uninstall_packaging)
	$(if $(filter $(libdir)/static_call/%,$(plugindir)),@rmdir $(DESTDIR)$(plugindir) \
		$(DESTDIR)$(libdir)/static_call 2>/dev/null || :)
	$(ldconfig)

clean:
	rm -rf $(B)

# The head of this file, which is the only list.
help:
	@sed -n '3,/^$$/s/^# \{0,1\}//p' $(firstword $(MAKEFILE_LIST))

format_sources = $(wildcard plugin/*.[ch] plugin/*/*.[ch] runtime/*.[ch] runtime/port/*/*.[ch] include/*.h tools/*.[ch] scripts/*.c \
	kernel/*/*.[ch] kernel/full/modules/*.[ch] kernel/full/guest/*.[ch] bench/*.[ch] examples/*.[ch] examples/*/*.[ch])

format: | setup-format
	clang-format -i $(format_sources)

check-format: | setup-format
	clang-format --dry-run --Werror $(format_sources)
	scripts/check-floors $(O)

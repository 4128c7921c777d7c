# SPDX-License-Identifier: GPL-2.0-or-later
#
# What make install puts there for build systems (pkg-config, CMake, kbuild), and make deb
# and make check-packages. Included by the Makefile.

datadir	?= $(prefix)/share
cmakedir ?= $(libdir)/cmake/static_call
# gdb loads what lies here, below the path of a library, with that library.
gdbdir	?= $(datadir)/gdb/auto-load
gdb_script = $(gdbdir)$(abspath $(libdir))/libstatic_call.so.$(SOVER)-gdb.py
# What -fplugin= gets by pkg-config. A packager whose one static_call.pc is for the plugins of
# several GCCs, each in its GCC's own folder, says plugin_option=static_call.
plugin_option ?= $(plugindir)/static_call.so

pkgconfig_files := static_call.pc static_call-static.pc
cmake_files := static_call-config.cmake static_call-config-version.cmake

# For modules of the kernel: what kbuild needs, in folders as they are in this tree.
kernel_kit := kernel/kit
kit_dir	= $(datadir)/static_call
kit_sources := $(headers) $(wildcard runtime/*.[ch] runtime/port/linux-kernel/*.[ch])
kit_files := Kbuild.runtime module.mk static_call_key.lds

# From CMake's files to the others, so that an installation may be moved, or be staged.
from_cmakedir = $(shell realpath -ms --relative-to=$(cmakedir) $(1))

define install_packaging
$(INSTALL) -d $(DESTDIR)$(pkgconfigdir) $(DESTDIR)$(cmakedir) $(DESTDIR)$(kit_dir)/kernel/kit
@fill() { \
	sed -e 's|@prefix@|$(prefix)|' -e 's|@libdir@|$(libdir)|' \
		-e 's|@bindir@|$(bindir)|' -e 's|@includedir@|$(includedir)|' -e 's|@plugin@|$(plugin_option)|' \
		-e 's|@kernel_kit@|$(kit_dir)/kernel/kit|' -e 's|@VERSION@|$(VERSION)|' \
		-e 's|@SOVER@|$(SOVER)|' -e 's|@cmake_to_libdir@|$(call from_cmakedir,$(libdir))|' \
		-e 's|@cmake_to_includedir@|$(call from_cmakedir,$(includedir))|' \
		-e 's|@cmake_to_bindir@|$(call from_cmakedir,$(bindir))|' \
		-e 's|@cmake_to_plugindir@|$(call from_cmakedir,$(plugindir))|' \
		"$$1" > "$$2" && chmod 644 "$$2"; \
}; set -e; \
for file in $(pkgconfig_files); do \
	fill packaging/$$file.in $(DESTDIR)$(pkgconfigdir)/$$file; \
done; \
for file in $(cmake_files); do \
	fill packaging/cmake/$$file.in $(DESTDIR)$(cmakedir)/$$file; \
done; \
for file in $(kit_sources); do \
	$(INSTALL) -D -m 644 $$file $(DESTDIR)$(kit_dir)/$$file; \
done
$(INSTALL) -m 644 $(addprefix $(kernel_kit)/,$(kit_files)) $(DESTDIR)$(kit_dir)/kernel/kit
$(INSTALL) -m 755 $(kernel_kit)/build $(DESTDIR)$(kit_dir)/kernel/kit
$(INSTALL) -m 644 tools/static_call-gdb.py $(DESTDIR)$(kit_dir)
$(INSTALL) -D -m 644 tools/static_call-gdb.py $(DESTDIR)$(gdb_script)
endef

define uninstall_packaging
rm -f $(addprefix $(DESTDIR)$(pkgconfigdir)/,$(pkgconfig_files)) \
	$(addprefix $(DESTDIR)$(cmakedir)/,$(cmake_files))
rm -rf $(DESTDIR)$(kit_dir) $(DESTDIR)$(gdb_script)
@rmdir $(DESTDIR)$(cmakedir) 2>/dev/null || :
endef

.PHONY: deb check-packages
deb:
	@$(setup) deb
	packaging/build-deb $(COMPILERS)

check-packages:
	scripts/test-packages || [ $$? -eq 77 ]

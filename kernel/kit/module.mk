# SPDX-License-Identifier: GPL-2.0-or-later
#
# For the Kbuild file of modules that are compiled with the plugin and, with the
# runtime loaded as static_call_key.ko, patched:
#
#	obj-m := foo.o
#	foo-y := a.o b.o
#	static_call_modules := foo
#	include .../kernel/kit/module.mk
#
# With dynamic calls (see doc/kernel.md), of all modules that are named:
#
#	static_call_dynamic := all	as the plugin's option dynamic= has it; named if not set
#	static_call_count := y		room to count the hits of what was learned, which
#					static_call_key.ko does with count=1
#
# For a module of one object, without foo-y, kbuild takes a linker script from make's
# command line only: LDFLAGS_MODULE='-T .../kernel/kit/static_call_key.lds'.
#
# A kernel that has kernel/patches gives its modules all of this by itself.
#
# If they are not set before: static_call is the folder two above this file's, which
# has include/, and static_call_plugin the plugin that gcc finds by its short name. Installed,
# this file is in the folder that pkg-config --variable=kernel_kit static_call names.

static_call_kit := $(abspath $(dir $(lastword $(MAKEFILE_LIST))))
static_call ?= $(abspath $(static_call_kit)/../..)
static_call_plugin ?= static_call
static_call_cflags := -fplugin=$(static_call_plugin) \
	-fplugin-arg-$(basename $(notdir $(static_call_plugin)))-kernel-module \
	$(if $(static_call_dynamic),-fplugin-arg-$(basename $(notdir \
		$(static_call_plugin)))-dynamic=$(static_call_dynamic)) \
	-I$(static_call)/include
# The script asks for the symbol, which has to be there before.
static_call_ldflags := $(if $(filter y,$(static_call_count)),--defsym=static_call_key_count=1) \
	-T $(static_call_kit)/static_call_key.lds

ifndef CONFIG_GCC_PLUGIN_STATIC_CALL
$(foreach m,$(static_call_modules), \
	$(eval LDFLAGS_$(m).o += $(static_call_ldflags)) \
	$(foreach o,$(or $($(m)-y),$(m).o),$(eval CFLAGS_$(o) += $(static_call_cflags))))
endif

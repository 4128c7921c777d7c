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
# For a module of one object, without foo-y, kbuild takes a linker script from make's
# command line only: LDFLAGS_MODULE='-T .../kernel/kit/static_call_key.lds'.
#
# A kernel that has kernel/patches gives its modules all of this by itself.
#
# If they are not set before: static_call is the folder above kernel/, and
# static_call_plugin the plugin that gcc finds by its short name.

static_call ?= $(abspath $(dir $(lastword $(MAKEFILE_LIST)))../..)
static_call_plugin ?= static_call
static_call_cflags := -fplugin=$(static_call_plugin) -I$(static_call)/include

ifndef CONFIG_GCC_PLUGIN_STATIC_CALL
$(foreach m,$(static_call_modules), \
	$(eval LDFLAGS_$(m).o += -T $(static_call)/kernel/kit/static_call_key.lds) \
	$(foreach o,$(or $($(m)-y),$(m).o),$(eval CFLAGS_$(o) += $(static_call_cflags))))
endif

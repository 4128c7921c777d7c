/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nop_if_null needs the plugin, and says so. */
/* { dg-do compile } */
/* { dg-options "-DTEST_NO_PLUGIN" } */
/* At the macro or at the header: that depends on the version of GCC. */
/* { dg-error "needs gcc -fplugin=static_call" "" { target *-*-* } 0 } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY_NOP_IF_NULL;

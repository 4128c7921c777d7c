/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The name of a state is text of one line: a newline would end the string of the assembler, a NUL
 * the name. Quotes and backslashes are what they are.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call_dynamic.h>

int (*newline)(int) STATIC_CALL_DYNAMIC_AS("two\nlines"); /* { dg-error "has a control character" } */
int (*nul)(int) STATIC_CALL_DYNAMIC_AS("a\0b"); /* { dg-error "has a control character" } */
int (*quoted)(int) STATIC_CALL_DYNAMIC_AS("a \"quoted\\%s\" \303\244");

int call(int x) { return quoted(x) + 1; }

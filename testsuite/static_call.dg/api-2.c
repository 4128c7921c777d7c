/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The attribute by which the plugin knows the functions of the header is for these alone. */
/*
 * The harness takes a column for a line: these stand on lines that are no column of them.
 */
/* { dg-do compile } */


void number(void) __attribute__((static_call_key_api(1))); /* { dg-error "is for the functions of .static_call" } */
int value __attribute__((static_call_key_api("update"))); /* { dg-error "is for the functions of .static_call" } */
void other(void) __attribute__((static_call_key_api("other"))); /* { dg-error "is for the functions of .static_call" } */

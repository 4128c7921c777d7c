/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A member with both tags: part of a key in an object with static storage, dynamic in any other. */
/* { dg-do compile } */
/* { dg-options "-O2 -Wall -Wextra -fplugin-arg-static_call-report" } */
#include <static_call_dynamic.h>

struct ops { int (*read)(int) STATIC_CALL_KEY STATIC_CALL_DYNAMIC; };
extern struct ops ours;

int call_ours(int x) { return ours.read(x) + 1; } /* { dg-message "made direct" } */
int call_any(struct ops *p, int x) { return p->read(x) + 1; } /* { dg-message "made dynamic, with the state .ops::read" } */
/* { dg-message "static_call.: 1 calls made dynamic" "" 0 } */
/* { dg-message "1 calls made direct, 1 left indirect" "" 0 } */

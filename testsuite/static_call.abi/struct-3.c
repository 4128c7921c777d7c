/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Empty, packed and bit-field structures, unions, a flexible array, an array in a structure. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-psabi" } */
/* { dg-final { check-static-call } } */
#include "abi.h"

struct empty { };
struct packed { char a; long b; short c; } __attribute__((packed));
struct bits { unsigned int a : 3, b : 21; int c : 7; long d : 40; };
union number { int i; float f; };
union wide { long l[3]; char c; };
struct flexible { int n; int rest[]; };

#define PARAMETERS struct empty a, struct packed b, struct bits c, union number d, union wide e, \
	struct flexible f, int g

NOIPA static uint64_t all(PARAMETERS)
{
	(void)a;
	return mix(mix(mix(mix(mix(mix(mix(mix(mix(mix(mix(0, b.a), b.b), b.c), c.a), c.b), c.c),
			       c.d), d.i), e.l[2]), f.n), g);
}

NOIPA static uint64_t some(PARAMETERS)
{
	(void)a, (void)f, (void)c;
	return mix(mix(mix(mix(0, g), e.c), d.i), b.c);
}

uint64_t (*key)(PARAMETERS) STATIC_CALL_KEY = all;

#define CALL(f) f((struct empty){ }, (struct packed){ 1, ARG(2), 3 },	\
		  (struct bits){ 4, ARG(5), -6, -7 }, (union number){ ARG(8) },	\
		  (union wide){ { 9, 10, ARG(11) } }, (struct flexible){ ARG(12) }, ARG(13))

int main(void)
{
	COMPARE(key, all, some);
	return 0;
}

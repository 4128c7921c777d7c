/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A store does not wait for one that is unlikely to come: the operations of an interpreter
 * that store to no key, and its loop, are as they are without.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_stored} 4 } } */
#include <static_call.h>

typedef int (*fn)(int);

fn key STATIC_CALL_KEY;
fn second STATIC_CALL_KEY;
int helper(int n);

int run(const unsigned char *code, fn *p, fn f, int n)
{
	for (;;)
		switch (*code++) {
		case 0:
			return n;
		case 1:
			n += 3;
			break;
		case 2:
			n *= 5;
			break;
		case 3:
			n ^= 0x55;
			break;
		case 4:
			n = helper(n);
			break;
		case 5:
			*p = f;
			break;
		case 6:
			n -= code[0];
			break;
		case 7:
			n = helper(n + 1);
			break;
		case 8:
			n &= code[1];
			break;
		case 9:
			key = f;
			break;
		case 10:
			n = helper(n + 2);
			break;
		case 11:
			n |= *code;
			break;
		case 12:
			n = helper(n - 1);
			break;
		}
}

/* Few come here from a store. */
int joined(const int *kind, fn f, int n)
{
	switch (*kind) {
	case 1:
		n += 3;
		break;
	case 2:
		n *= 5;
		break;
	case 3:
		n ^= 0x55;
		break;
	case 4:
		n -= 4;
		break;
	case 5:
		n = n % 7;
		break;
	case 6:
		key = f;
		break;
	case 7:
		n &= 0xff;
		break;
	case 8:
		n <<= 2;
		break;
	}
	second = f;
	return n;
}

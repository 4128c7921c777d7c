/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -fgnu-tm: what a transaction calls has a second body, which is found by the address of
 * the first: calls of transactions stay indirect, others become direct.
 */
/* { dg-do compile } */
/* { dg-options "-O2 -fgnu-tm" } */
/* { dg-final { scan-report-times {"function":"safe",.*"result":"indirect","reason":"transaction"} 1 } } */
/* { dg-final { scan-report-times {"function":"atomic",.*"result":"indirect","reason":"transaction"} 2 } } */
/* { dg-final { scan-report-times {"function":"plain",.*"result":"direct"} 1 } } */
/* { dg-final { scan-assembler-not {_ZGTt[0-9]+static_call_key} } } */
#include <static_call.h>

int (*key)(int) __attribute__((transaction_safe)) STATIC_CALL_KEY;

__attribute__((transaction_safe)) int safe(int x)
{
	return key(x) + 1;
}

int atomic(int x)
{
	__transaction_atomic {
		x = key(x);
	}
	return x;
}

int plain(int x)
{
	return key(x) + 1;
}

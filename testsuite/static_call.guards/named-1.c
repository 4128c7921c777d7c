/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Four functions that the user names: the guard has an entry for each, and no function is called. */
/* { dg-do assemble } */
/* { dg-final { scan-function-not work {\tcall} } } */
/* { dg-final { scan-function work {0x3e9\(%rdi|\$0x3e9} } } */
/* { dg-final { scan-function work {0x7d2\(%rdi|\$0x7d2} } } */
/* { dg-final { scan-function work {0xbbb\(%rdi|\$0xbbb} } } */
/* { dg-final { scan-function work {0xfa4\(%rdi|\$0xfa4} } } */
/* { dg-final { scan-sections {static_call_key_guards +PROGBITS +[0-9a-f]+ [0-9a-f]+ 000050 } } } */
/* { dg-final { scan-report-times {"key":"key","result":"guarded","target":"[abcd]"} 4 } } */
#include <static_call.h>

int a(int x)
{
	return x + 1001;
}

int b(int x)
{
	return x + 2002;
}

int c(int x)
{
	return x + 3003;
}

int d(int x)
{
	return x + 4004;
}

int (*key)(int) STATIC_CALL_KEY_INLINE(a, b, c, d) = a;

int work(int x)
{
	return key(x);
}

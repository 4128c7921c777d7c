/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Offers, and with SPOILT one more entry of their table, written by hand. */
#include <static_call.h>

int first(int x)
{
	return x + 1;
}

int second(int x)
{
	return x + 2;
}

int can(void)
{
	return 1;
}

int (*key)(int) STATIC_CALL_KEY = first;
STATIC_CALL_KEY_OFFER(key, second, can, -7);
STATIC_CALL_KEY_OFFER(key, first, 0, 3);

const char name[] = "odd\033name";

#ifdef SPOILT
#define STRING_(...) #__VA_ARGS__
#define STRING(...) STRING_(__VA_ARGS__)
__asm__(".pushsection static_call_key_offers, \"awR\", @progbits\n"
	".quad " STRING(SPOILT) "\n"
	".popsection");
#endif

int main(void)
{
	return key(1) == 0;
}

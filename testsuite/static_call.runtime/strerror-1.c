/* SPDX-License-Identifier: GPL-2.0-or-later */
/* static_call_key_strerror: a sentence for every value, never NULL. */
/* { dg-do run } */
#include "check.h"

int (*key)(void) STATIC_CALL_KEY;

NOIPA int work(void)
{
	return key() + 1;
}

int main(void)
{
	static const int errors[] = { -22, -35, -84, -12, -13, -1, -2, -38, -14,
				      -16, -34, -61, -71, -95, -116, -125 };
	unsigned int i, j;
	int err;

	for (err = -5000; err <= 5000; err++) {
		const char *s = static_call_key_strerror(err);

		CHECK(s && *s && strlen(s) < 200);
	}
	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		CHECK(strcmp(static_call_key_strerror(errors[i]), static_call_key_strerror(0)));
		for (j = 0; j < i && errors[i] != -1; j++)
			if (errors[j] != -1 && errors[j] != -13)
				CHECK(strcmp(static_call_key_strerror(errors[i]),
					     static_call_key_strerror(errors[j])));
	}
	CHECK(static_call_key_strerror(-2147483647 - 1) && static_call_key_strerror(2147483647));
	return 0;
}

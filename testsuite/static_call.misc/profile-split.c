/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * With a profile, GCC splits ready() and copies what is rare to another function: a store to
 * a key, and a call through it.
 */
#include <static_call.h>

struct device {
	int state, tries, last;
	int (*get)(struct device *, int) STATIC_CALL_KEY;
};

static int get_error(struct device *d, int x)
{
	d->last = x;
	return -x;
}

static int get_block(struct device *d, int x)
{
	d->last = x;
	return x + 1;
}

struct device device = { 0, 0, 0, get_error };

static int ready(struct device *d, int x)
{
	int i;

	if (d->state)
		return x + d->tries;
	for (i = 0; i < 3; i++) {
		d->tries += x * i;
		d->last ^= d->tries << i;
		if (d->last == 12345)
			d->tries = -d->tries / (x | 1);
	}
	d->get = get_block;
	d->state = device.get(d, d->tries) != 0;
	return d->tries;
}

__attribute__((noinline)) int first(int x)
{
	return ready(&device, x) + 1;
}

__attribute__((noinline)) int second(struct device *d, int x)
{
	return ready(d, x) ^ 5;
}

int main(int argc, char **argv)
{
	int i, sum = 0;

	(void)argv;
	for (i = 0; i < argc * 1000; i++)
		sum += first(i) + second(&device, i + 1);
	return sum == 0 || device.get(&device, 1) != 2;
}

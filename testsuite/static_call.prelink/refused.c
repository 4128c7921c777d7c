/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys of which the file does not say what they hold, and one that can be prelinked. */
#include <static_call.h>

int outside(int x);
extern int (*foreign)(int) STATIC_CALL_KEY;

__attribute__((noipa)) static int inside(int x)
{
	return x + 1;
}

__attribute__((noipa)) static int other(int x)
{
	return x + 2;
}

#ifdef IFUNC
static int (*resolve(void))(int)
{
	return inside;
}

static int chosen(int x) __attribute__((ifunc("resolve")));
static int (*ifunc)(int) STATIC_CALL_KEY = chosen;
#endif

__attribute__((visibility("default"))) int (*named)(int) STATIC_CALL_KEY = inside;
static int (*imported)(int) STATIC_CALL_KEY = outside;
static int (*empty)(int) STATIC_CALL_KEY;
static int (*number)(int) STATIC_CALL_KEY = (int (*)(int))0x5000;
static int (*offered)(int) STATIC_CALL_KEY = inside;
static int (*good)(int) STATIC_CALL_KEY = inside;
STATIC_CALL_KEY_OFFER(offered, other, 0, 1);

__attribute__((noipa, visibility("default"))) int work(int x)
{
	switch (x) {
	case 0:
		return named(x) + 1;
	case 1:
		return imported(x) + 1;
	case 2:
		return empty(x) + 1;
	case 3:
		return number(x) + 1;
	case 4:
		return offered(x) + 1;
	case 5:
		return foreign(x) + 1;
#ifdef IFUNC
	case 6:
		return ifunc(x) + 1;
#endif
	}
	return good(x) + 1;
}

void change(int (*fn)(int))
{
	named = empty = imported = number = offered = good = foreign = fn;
#ifdef IFUNC
	ifunc = fn;
#endif
}

#ifdef MAIN
int main(int argc, char **argv)
{
	(void)argv;
	return work(argc + 100) != argc + 102;
}
#endif

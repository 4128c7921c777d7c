/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The environment forces choices; but none whose predicate says no. */
/* { dg-do run } */
/* { dg-skip-if "it executes itself" { *-*-* } { "-shared" } } */
#include "check.h"
#include "child.h"

NOIPA static int generic(int x)
{
	return x + 1;
}

NOIPA static int slow(int x)
{
	return x + 2;
}

NOIPA static int fast(int x)
{
	return x + 3;
}

NOIPA static int future(int x)
{
	return x + 4;
}

static int no(void)
{
	return 0;
}

struct ops {
	int (*first)(int);
	int (*second)(int);
};

int (*key)(int) STATIC_CALL_KEY = generic;
struct ops ops STATIC_CALL_KEY = { generic, generic };
STATIC_CALL_KEY_OFFER(key, slow, NULL, 1);
STATIC_CALL_KEY_OFFER(key, fast, NULL, 2);
STATIC_CALL_KEY_OFFER(key, future, no, 3);
STATIC_CALL_KEY_OFFER(ops.second, slow, NULL, 1);
STATIC_CALL_KEY_OFFER(ops.second, fast, NULL, 2);

NOIPA int work(int x)
{
	return key(x) + 10 * ops.first(x) + 100 * ops.second(x);
}

/* What work(0) is with this variable, and what is said. */
static void expect(const char *variable, int value, const char *said)
{
	char text[1000], number[20];
	struct child child;
	int status;

	if (!child_start(&child)) {
		sprintf(number, "%d", value);
		setenv("STATIC_CALL", variable, 1);
		execl("/proc/self/exe", "force-1", number, NULL);
		_exit(127);
	}
	status = child_end(&child, text, sizeof(text));
	if (status || (said ? !strstr(text, said) : child.length != 0)) {
		fprintf(stderr, "STATIC_CALL=%.80s, wanted %d: status %#x, %s\n", variable, value,
			status, text);
		abort();
	}
}

int main(int argc, char **argv)
{
	char many[8000];
	int i;

	if (!CHECK_PATCHED)
		return 0;
	if (argc > 1) {
		CHECK(work(0) == atoi(argv[1]));
		/* Nor does the program get around it. */
		CHECK(static_call_key_select(NULL) == 0);
		CHECK(work(0) == atoi(argv[1]));
		return 0;
	}
	expect("", 313, NULL);
	expect("offer:slow", 212, NULL);
	expect("offer:fast", 313, NULL);
	expect("offer:key=slow", 312, NULL);
	expect("offer:ops.second=slow", 213, NULL);
	expect("offer:ops.second=slow,offer:slow", 212, NULL);
	expect("offer:slow,offer:ops.second=fast", 312, NULL);
	expect("offer:future", 313, NULL);
	expect("offer:future,log", 313, "offer: future is not forced: its predicate says");
	expect("log,offer:key=fest", 313, "offer: fest is not forced: no function of this name");
	expect("offer:", 111, NULL);
	expect("offer:key=", 311, NULL);
	expect("off,offer:key=", 311, NULL);
	expect("offers:slow,offer,offe:slow,off:slow", 313, NULL);
	expect("nonsense,offer:slow", 212, NULL);
	/* More than there is room for. */
	strcpy(many, "offer:key=slow");
	for (i = 0; i < 400; i++)
		strcat(many, ",offer:something=x");
	strcat(many, ",offer:ops.second=slow");
	expect(many, 312, NULL);
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Members reached through a pointer: the object is not known, the call stays indirect and right. */
/* { dg-do run } */
/* { dg-final { direct-in known } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

struct ops {
	int (*open)(int) STATIC_CALL_KEY;
	struct ops *next;
};

static struct ops last = { two, NULL };
struct ops head = { one, &last };

NOIPA int known(int x)
{
	return head.open(x) + 1;
}

NOIPA int unknown(struct ops *p, int x)
{
	return p->open(x) + 1;
}

NOIPA int linked(int x)
{
	return head.next->open(x) + 1;
}

int main(void)
{
	struct ops local = { one, NULL };
	struct ops *heap = (struct ops *)malloc(sizeof(*heap));

	CHECK(heap != NULL);
	heap->open = two;
	CHECK_KEY(&head.open, one);
	CHECK(known(5) == 7 && unknown(&head, 5) == 7 && unknown(&local, 5) == 7);
	CHECK(unknown(heap, 5) == 11 && linked(5) == 11);
	local.open = two;
	heap->open = one;
	head.open = two;
	last.open = one;
	CHECK_KEY(&head.open, two);
	CHECK(known(5) == 11 && unknown(&head, 5) == 11 && unknown(&local, 5) == 11);
	CHECK(unknown(heap, 5) == 7 && linked(5) == 7);
	free(heap);
	return 0;
}

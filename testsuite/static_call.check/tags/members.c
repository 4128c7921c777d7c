/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stores of pointers to function, to keys and to others, for their reports. */
#include "tagged.h"

struct alike { /* the name and offset of a member, but no key anywhere */
	long count;
	function first;
};

static function hidden;
function unrelated;

void direct(function f)
{
	hook = f;
	hidden = f;
	unrelated = f;
}

void pointer(struct ops *ops, struct alike *alike, function f)
{
	ops->second = f;
	ops->count = 1;
	alike->first = f;
}

void copy(struct ops *to, const struct ops *from)
{
	*to = *from;
}

void element(int i, function f)
{
	table[i] = f;
}

void local(function f)
{
	struct ops new = { 0 };

	new.first = f;
	use(&new.first);
}

function used(void)
{
	return hidden;
}

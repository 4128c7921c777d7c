/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Imports the keys and tags nothing itself: stores are followed, calls are sites. */
import keys;

static void set(ops *p, table *t, function f)
{
	p->tagged = f;
	t->second = f;
}

__attribute__((noinline)) static int direct(int x)
{
	return key(x) + table_key.first(x);
}

int main()
{
	if (call(10) != 44 || call_holder(10) != 11 || direct(10) != 22)
		return 1;
	key = two;
	set(&ops_key, &table_key, two);
	holder<function>::key = two;
	null_key = nullptr;
	if (call(10) != 60 || call_holder(10) != 20 || direct(10) != 31)
		return 2;
	return null_key(5);
}

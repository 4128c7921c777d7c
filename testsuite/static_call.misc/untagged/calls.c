/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Indirect calls of every kind, and none of them through a key. */
typedef int (*fn)(int);

struct ops {
	long number;
	fn call;
	fn table[4];
};

extern fn global;
static fn local;
struct ops ops;

int plain(int x)
{
	return global(x) + local(x) * ops.call(x) - ops.table[2](x);
}

int tail(int x)
{
	return global(x);
}

int element(int i, int x)
{
	return ops.table[i](x);
}

int member(struct ops *p, int x)
{
	if (p->call)
		return p->call(x);
	return p->table[x & 3](x);
}

void set(fn f)
{
	local = f;
	ops.call = f;
}

void copy(struct ops *to, const struct ops *from)
{
	*to = *from;
	__builtin_memcpy(ops.table, from->table, sizeof(ops.table));
}

int nested(int x)
{
	return global(global(x));
}

int choose(int c, int x)
{
	return (c ? global : local)(x);
}

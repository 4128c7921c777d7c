/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: a captureless lambda as a target, and calls inside lambdas and methods. */
/* { dg-do run } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = one;

struct worker {
	int bias;

	explicit worker(int b) : bias(key(b)) { }
	~worker() { result = key(bias); }
	NOIPA int work(int x) const { return key(x) + bias; }
	NOIPA virtual int virtual_work(int x) { return key(x) * 10 + bias; }
	static int result;
};
int worker::result;

NOIPA static int in_lambda(int x)
{
	auto f = [](int y) { return key(y) + 7; };
	auto g = [x](int y) { return key(y) + x; };

	return f(x) + 100 * g(x);
}

int main()
{
	int (*lambda)(int) = [](int x) { return x * 3; };

	CHECK_KEY(&key, one);
	CHECK(in_lambda(5) == 13 + 1100);
	{
		worker w(5);

		CHECK(w.bias == 6 && w.work(5) == 12 && w.virtual_work(5) == 66);
	}
	CHECK(worker::result == 7);
	CHECK(static_call_key_update(&key, lambda) == 0);
	CHECK_KEY(&key, lambda);
	CHECK(in_lambda(5) == 22 + 2000);
	CHECK(static_call_key_update(&key, [](int x) { return x * 4; }) == 0);
	CHECK(in_lambda(5) == 27 + 2500);
	key = [](int x) { return x * 5; };
	CHECK_KEY(&key, key);
	CHECK(in_lambda(5) == 32 + 3000);
	return 0;
}

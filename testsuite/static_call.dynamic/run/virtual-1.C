// SPDX-License-Identifier: GPL-2.0-or-later
// Virtual functions, by way of bases with offsets, virtual bases, covariant results and pointers
// to members; exceptions through calls and tail calls; destructors on the way.
// { dg-do run }
#include "dynamic.h"
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

struct first {
	virtual int run(int x) { return x + 1; }
	virtual ~first() {}
	virtual first *self() { return this; }
	int one = 1;
};
struct second {
	virtual int other(int x) { return x + 2; }
	virtual ~second() {}
	int two = 2;
};
struct both : first, second {
	int run(int x) override { return x + 10 * one; }
	int other(int x) override { return x + 10 * two; }
	both *self() override { return this; }
};
struct base {
	virtual int over(int x) = 0;
	virtual ~base() {}
	int three = 3;
};
struct left : virtual base { int over(int x) override { return x + three; } };
struct right : virtual base { int over(int x) override { if (x % 7 == 0) throw std::runtime_error("seven"); return x + 2 * three; } };
struct diamond : left, right { int over(int x) override { return x - three; } };

static int live;
struct guard {
	guard() { live++; }
	~guard() { live--; }
};

NOIPA static int run(first *f, int x) { return f->run(x); }
NOIPA static int other(second *s, int x) { return s->other(x) + 1; }
NOIPA static int over(base &b, int x) { guard g; return b.over(x); }
NOIPA static int over_tail(base &b, int x) { return b.over(x); }
NOIPA static first *self(first *f) { return f->self(); }
NOIPA static int member(first *f, int (first::*m)(int), int x) { return (f->*m)(x); }
NOIPA static int function(const std::function<int(int)> &f, int x) { return f(x) + 1; }

static int caught(base &b, int x, int (*call)(base &, int))
{
	try {
		return call(b, x);
	} catch (const std::runtime_error &error) {
		CHECK(std::string(error.what()) == "seven");
		return -1;
	}
}

int main()
{
	std::vector<std::unique_ptr<first>> firsts;
	std::vector<std::unique_ptr<base>> bases;
	std::function<int(int)> functions[3] = { [](int x) { return x; }, [&](int x) { return x + (int)firsts.size(); }, std::negate<int>() };
	second plain;
	both object;

	firsts.emplace_back(new first);
	firsts.emplace_back(new both);
	bases.emplace_back(new left);
	bases.emplace_back(new right);
	bases.emplace_back(new diamond);
	for (unsigned int i = 0; i < ROUNDS; i++) {
		unsigned int f = next_of(2, i), b = next_of(3, i);
		int x = i, wrong = x % 7 == 0 ? -1 : x + 6;
		const int want[3] = { x + 3, wrong, x - 3 };

		CHECK(run(firsts[f].get(), x) == (f ? x + 10 : x + 1));
		CHECK(other(f ? static_cast<second *>(&object) : &plain, x) == (f ? x + 21 : x + 3));
		CHECK(self(firsts[f].get()) == firsts[f].get());
		CHECK(member(firsts[f].get(), &first::run, x) == (f ? x + 10 : x + 1));
		CHECK(caught(*bases[b], x, over) == want[b]);
		CHECK(caught(*bases[b], x, over_tail) == want[b]);
		CHECK(live == 0);
		CHECK(function(functions[b], x) == (b == 0 ? x + 1 : b == 1 ? x + 3 : 1 - x));
	}
}

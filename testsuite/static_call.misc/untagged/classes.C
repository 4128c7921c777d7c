/* SPDX-License-Identifier: GPL-2.0-or-later */
// Virtual calls, templates, lambdas, exceptions and static initialisation.
#include <algorithm>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

struct shape {
	virtual ~shape() { }
	virtual double area() const = 0;
};

struct square : shape {
	double side;

	explicit square(double s) : side(s) { }
	double area() const override { return side * side; }
};

template <typename T, typename F> T fold(const std::vector<T> &v, T start, F f)
{
	for (const T &x : v)
		start = f(start, x);
	return start;
}

static std::string name = "a name that is too long for the small buffer";
std::function<int(int)> function = [](int x) { return x + (int)name.size(); };
int (*pointer)(int);
int (shape::*nothing)();

double total(const std::vector<shape *> &shapes)
{
	double sum = 0;

	for (const shape *s : shapes)
		sum += s->area();
	return sum;
}

int work(std::vector<int> v, int x)
{
	std::sort(v.begin(), v.end(), [x](int a, int b) { return (a ^ x) < (b ^ x); });
	try {
		if (v.empty())
			throw std::runtime_error("empty");
		return fold(v, x, [](int a, int b) { return a + b; }) + pointer(x);
	} catch (const std::exception &e) {
		return function(x);
	}
}

shape *make(double side)
{
	return new square(side);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"
#include "template-1.h"

int other_scaled(int x)
{
	return scaled<int>(x, 3);
}

int other_shared(int x)
{
	return shared(x);
}

int other_holder(int x)
{
	return holder<long>::call(x);
}

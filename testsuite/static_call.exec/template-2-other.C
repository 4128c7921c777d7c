/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"
#include "template-2.h"

int other_deep(int x)
{
	return deep<int>(x);
}

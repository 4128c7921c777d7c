/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"
#include "inline-1.h"

NOIPA int other_work(int x)
{
	return (forced(x) + shared(x)) * 101;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* target.c - what all calls lead to; -DNAME says under which name. */
void NAME(void);

__attribute__((aligned(64))) void NAME(void)
{
	/* Only the way here is measured. */
}

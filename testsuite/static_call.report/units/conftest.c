/* SPDX-License-Identifier: GPL-2.0-or-later */
int (*probe)(void);

int main(void)
{
	return probe();
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the program needs: begun before it, ended after it, and not compiled with the plugin. */
extern void program_called(int last) __attribute__((weak));

__attribute__((constructor)) static void begin(void)
{
	if (program_called)
		program_called(0);
}

__attribute__((destructor)) static void end(void)
{
	if (program_called)
		program_called(1);
}

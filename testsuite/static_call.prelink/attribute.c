/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Give a file an extended attribute, or see whether it has it. */
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>

int main(int argc, char **argv)
{
	char value[8];

	if (argc > 2)
		return setxattr(argv[1], "user.static_call_test", "kept", 4, 0) != 0;
	if (argc > 1 && getxattr(argv[1], "user.static_call_test", value, sizeof(value)) == 4 &&
	    !memcmp(value, "kept", 4))
		return 0;
	printf("it has lost its attribute\n");
	return 1;
}

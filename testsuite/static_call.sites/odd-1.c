/* SPDX-License-Identifier: GPL-2.0-or-later */
/* STATIC_CALL=log tells of a module with a site that is left alone, whether its keys change or not. */
#include <limits.h>

#include "sites.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
fn plain = f1, odd = f1;
KEY(plain, 0);
KEY(odd, 0);
SITE_CALL(call_plain, plain);
SITE_CROSSING(call_odd, odd);
long call_plain(long), call_odd(long);
MODULE

int main(int argc, char **argv)
{
	char self[PATH_MAX], line[1024] = "";
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	FILE *log;

	CHECK(length > 0);
	self[length] = '\0';
	if (argc == 1) {
		remove("odd.log");
		CHECK(!setenv("STATIC_CALL", "log:odd.log", 1));
		execl(self, argv[0], "again", NULL);
		return 1;
	}
	CHECK(!static_call_key_rt_register(&module));
	CHECK(call_plain(1) == 2 && call_odd(1) == 2);
	log = fopen("odd.log", "r");
	CHECK(log && fgets(line, sizeof(line), log));
	CHECK(strstr(line, "calls are left unpatched"));
	remove("odd.log");
	puts("ok");
	return 0;
}

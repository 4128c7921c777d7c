/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The line of a unit counts what is in it. */
/* { dg-do compile } */
/* { dg-final { scan-report-times {^."event":"call","file":"[^"]*report-1\.c","line":18,"column":[0-9]+,"function":"work","key":"ops\.inner\.call","result":"direct","from":"member","name":".unnamed.::call","declared":"[^"]*report-1\.c:10:9","object":"ops","object_declared":"[^"]*report-1\.c:12:3","symbol":"ops","type":"struct ops","defined":true,"constant":false,"tag":"[^"]*report-1\.c:12:3".$} 1 } } */
/* { dg-final { scan-report-times {^."event":"unit","file":"[^"]*report-1\.c","direct":2,"indirect":1,"stores":1,"sites":2,"keys":2,"dynamic":0.$} 1 } } */
#include <static_call.h>

struct ops {
	struct {
		int (*call)(int);
	} inner;
} ops STATIC_CALL_KEY;
int (*key)(int) STATIC_CALL_KEY;
int (*plain)(int);

int work(int x)
{
	return ops.inner.call(x) + key(x) + plain(x);
}

void set(int (*f)(int))
{
	key = f;
}

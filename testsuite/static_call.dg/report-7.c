/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report=FILE: each tag, whether anything calls through it or not, and which tag covers a call. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call.h>

struct irq_ops {
	int (*save)(int);
};
struct ops {
	struct irq_ops irq STATIC_CALL_KEY;
	int (*plain)(int);
};

struct ops ops;
static struct ops whole STATIC_CALL_KEY;
int (*unused)(int) STATIC_CALL_KEY;

int inner(int x) { return ops.irq.save(x); }
int outer(int x) { return whole.plain(x); }
int none(int x) { return ops.plain(x); }
int heap(struct ops *o, int x) { return o->irq.save(x); }

/* { dg-final { scan-report-times {"event":"key",.*"line":11,.*"name":"ops::irq".$} 1 } } */
/* { dg-final { scan-report-times {"event":"key",.*"line":16,.*"name":"whole".$} 1 } } */
/* { dg-final { scan-report-times {"event":"key",.*"line":17,.*"name":"unused","symbol":"unused".$} 1 } } */
/* { dg-final { scan-report-times {"event":"key"} 3 } } */
/* { dg-final { scan-report-times {"function":"inner",.*"result":"direct",.*"tag":"[^"]*:11:17".$} 1 } } */
/* { dg-final { scan-report-times {"function":"outer",.*"result":"direct",.*"tag":"[^"]*:16:19".$} 1 } } */
/* { dg-final { scan-report-times {"function":"none",.*"reason":"untagged",.*"if_tagged":"direct".$} 1 } } */
/* { dg-final { scan-report-times {"function":"heap",.*"reason":"not-static",.*"tag":"[^"]*:11:17".$} 1 } } */

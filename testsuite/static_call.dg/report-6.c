/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report=FILE: stores to what has no tag and could have one; each statement once. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call.h>
#include <string.h>

struct ops {
	int (*read)(int);
	int number;
};

int (*hook)(int);
static struct ops config, *where = &config;
static __thread int (*mine)(int);
int (*key)(int) STATIC_CALL_KEY;

void scalar(int (*f)(int)) { hook = f; }
void member(int (*f)(int)) { config.read = f; }
void known(int (*f)(int)) { struct ops *p = &config; p->read = f; }
void whole(const struct ops *o) { config = *o; }
void copied(const struct ops *o) { memcpy(&config, o, sizeof(config)); }
void atomic(int (*f)(int)) { __atomic_store_n(&hook, f, __ATOMIC_RELEASE); }
void number(int n) { config.number = n; }
void through(int (*f)(int)) { where->read = f; }
void thread(int (*f)(int)) { mine = f; }
void tagged(int (*f)(int)) { key = f; }
int work(void) { return config.read(mine(1)) + hook(1) + key(1); }

/* { dg-final { scan-report-times {"event":"assignment",.*"function":"scalar","object":"hook","object_declared":"[^"]*:13:7","symbol":"hook"} 1 } } */
/* { dg-final { scan-report-times {"event":"assignment",.*"function":"member","object":"config","object_declared":"[^"]*:14:19","type":"struct ops"} 1 } } */
/* { dg-final { scan-report-times {"event":"assignment",.*"function":"known","object":"config"} 1 } } */
/* { dg-final { scan-report-times {"event":"assignment",.*"function":"whole","object":"config"} 1 } } */
/* { dg-final { scan-report-times {"event":"assignment",.*"function":"copied","object":"config"} 1 } } */
/* { dg-final { scan-report-times {"event":"assignment",.*"function":"atomic","object":"hook"} 1 } } */
/* { dg-final { scan-report-times {"event":"assignment"} 6 } } */
/* { dg-final { scan-report-times {"event":"store",.*"function":"tagged","key":"key"} 1 } } */

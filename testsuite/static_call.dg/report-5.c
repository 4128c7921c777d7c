/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report=FILE: what a call would be if its variable had a tag; only static storage can have one. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
typedef int fn(int);

struct ops {
	fn *read;
};
struct __attribute__((packed)) packed {
	char c;
	fn *read;
};

fn *hook, *other;
fn *volatile watched;
fn *_Atomic counted;
static __thread fn *mine;
struct packed packed;
extern void use(struct ops *);

int changed(int x) { fn *old = hook; hook = other; return old(x); }
int is_volatile(int x) { return watched(x); }
int is_thread(int x) { return mine(x); }
int is_packed(int x) { return packed.read(x); }
int is_local(int x) { struct ops o; use(&o); return o.read(x); }
int copied(int x) { fn *copy = hook; return copy ? copy(x) : 0; }

/* { dg-final { scan-report-times {"function":"changed",.*"if_tagged":"changed-between"} 1 } } */
/* { dg-final { scan-report-times {"function":"is_volatile",.*"if_tagged":"volatile"} 1 } } */
/* { dg-final { scan-report-times {"function":"is_thread",.*"if_tagged":"thread-local"} 1 } } */
/* { dg-final { scan-report-times {"function":"is_packed",.*"if_tagged":"packed"} 1 } } */
/* { dg-final { scan-report-times {"function":"is_local",.*"from":"member",.*"through":"o".$} 1 } } */
/* { dg-final { scan-report-times {"function":"copied",.*"if_tagged":"direct"} 1 } } */
/* { dg-final { scan-report-times {"if_tagged"} 5 } } */

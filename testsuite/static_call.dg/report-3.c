/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report=FILE: where the pointer of a call without a tag comes from. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
typedef int fn(int);

struct ops {
	fn *read;
	struct {
		fn *deep;
	} inner;
};
struct file {
	const struct ops *ops;
};

fn *hook;
static fn *quiet;
struct ops config;
fn *table[4];
extern fn *elsewhere;
fn *get(void);

int variable(int x) { return hook(x); }
int internal(int x) { return quiet(x); }
int external(int x) { return elsewhere(x); }
int member(int x) { return config.inner.deep(x); }
int known(int x) { struct ops *p = &config; return p->read(x); }
int through(struct file *f, int x) { return f->ops->read(x); }
int given(struct ops *p, int x) { return p->read(x); }
int element(int i) { return table[i](i); }
int parameter(int x, fn *callback) { return callback(x); }
int place(fn **where, int x) { return where[x](x); }
int result(int x) { return get()(x); }
int several(fn *other, int x) { fn *chosen = x ? hook : other; return chosen(x); }
int constant(int x) { return ((fn *)0x1234)(x); }

/* { dg-final { scan-report-times {"function":"variable",.*"reason":"untagged","from":"variable","name":"hook","declared":"[^"]*report-3.c:17:5","object":"hook","object_declared":"[^"]*report-3.c:17:5","symbol":"hook","type":"int .\*. .int.","defined":true,"constant":false,"if_tagged":"direct"} 1 } } */
/* { dg-final { scan-report-times {"function":"internal",.*"from":"variable","name":"quiet","declared":"[^"]*","object":"quiet","object_declared":"[^"]*:18:12","type"} 1 } } */
/* { dg-final { scan-report-times {"function":"external",.*"from":"variable","name":"elsewhere",.*"defined":false} 1 } } */
/* { dg-final { scan-report-times {"function":"member",.*"from":"member","name":"[^"]*::deep",.*"object":"config",.*"type":"struct ops",.*"if_tagged":"direct"} 1 } } */
/* { dg-final { scan-report-times {"function":"known",.*"from":"member","name":"ops::read",.*"object":"config",.*"if_tagged":"direct"} 1 } } */
/* { dg-final { scan-report-times {"function":"through",.*"from":"member","name":"ops::read","declared":"[^"]*:8:6","type":"int .\*. .int.","through":"file::ops".$} 1 } } */
/* { dg-final { scan-report-times {"function":"given",.*"from":"member","name":"ops::read",.*"through":"p".$} 1 } } */
/* { dg-final { scan-report-times {"function":"element",.*"from":"element","name":"table",.*"if_tagged":"variable-index"} 1 } } */
/* { dg-final { scan-report-times {"function":"parameter",.*"from":"parameter","name":"callback",.*"number":2} 1 } } */
/* { dg-final { scan-report-times {"function":"place",.*"from":"pointer","name":"where","through":"where"} 1 } } */
/* { dg-final { scan-report-times {"function":"result",.*"from":"result","name":"get","declared":"[^"]*:22:5"} 1 } } */
/* { dg-final { scan-report-times {"function":"several",.*"from":"several"} 1 } } */
/* { dg-final { scan-report-times {"function":"constant",.*"from":"constant"} 1 } } */
/* { dg-final { scan-report-times {"event":"start","file":"[^"]*report-3.c","directory":"/} 1 } } */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Of functions of one instruction, those are in the table that have the type of a key whose tag is
 * seen here, or whose address this unit takes in code or gives to a key by a cast.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
/* { dg-final { scan-assembler-times {\.set\t\.LSCKB[0-9]+, } 6 } } */
/* { dg-final { scan-assembler {\.set\t\.LSCKB[0-9]+, zero_like\n} } } */
/* { dg-final { scan-assembler {\.set\t\.LSCKB[0-9]+, nop_like\n} } } */
/* { dg-final { scan-assembler {\.set\t\.LSCKB[0-9]+, identity\n} } } */
/* { dg-final { scan-assembler {\.set\t\.LSCKB[0-9]+, identity_by_cast\n} } } */
/* { dg-final { scan-assembler {\.set\t\.LSCKB[0-9]+, nop_in_code\n} } } */
/* { dg-final { scan-assembler {\.set\t\.LSCKB[0-9]+, one_like\n} } } */
#include <static_call.h>

struct s;
struct t;

/* A table, a member of another type, and an array: what they hold are keys. */
struct ops {
	void (*nop)(struct s *s);
	int (*zero)(struct t *t, long x);
	struct {
		unsigned long (*identity)(unsigned long x);
	} inner;
};
extern struct ops ops STATIC_CALL_KEY;
struct other {
	short (*one[2])(void) STATIC_CALL_KEY;
	void (*untagged)(struct t *t, long x);
};

int zero_like(struct t *t, long x);
int zero_like(struct t *t, long x) { return (void)t, (void)x, 0; }
int zero_other(struct s *s, long x);
int zero_other(struct s *s, long x) { return (void)s, (void)x, 0; }
int zero_longer(struct t *t, long x, int y);
int zero_longer(struct t *t, long x, int y) { return (void)t, (void)x, (void)y, 0; }
long zero_wider(struct t *t, long x);
long zero_wider(struct t *t, long x) { return (void)t, (void)x, 0; }
void nop_like(struct s *s);
void nop_like(struct s *s) { (void)s; }
void nop_other(struct t *t, long x);
void nop_other(struct t *t, long x) { (void)t, (void)x; }
unsigned long identity(unsigned long x);
unsigned long identity(unsigned long x) { return x; }
short one_like(void);
short one_like(void) { return 1; }

static long identity_by_cast(long x) { return x; }
struct ops ops = { .inner.identity = (unsigned long (*)(unsigned long))identity_by_cast };

static void nop_in_code(long x) { (void)x; }
static void nop_in_table(long x) { (void)x; }
void (*untagged_table[])(long) = { nop_in_table };

void set(void);
void set(void) { ops.nop = (void (*)(struct s *))nop_in_code; }

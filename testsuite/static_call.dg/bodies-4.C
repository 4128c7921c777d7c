// SPDX-License-Identifier: GPL-2.0-or-later
// Inline functions whose address is taken have an entry in their group, others none; nor have virtual
// functions, which no key holds.
// { dg-do compile }
// { dg-options "-O2" }
// { dg-final { scan-assembler-times {set\t\.LSCKB} 2 } }
// { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, _Z5takenv\n} } }
// { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, _Z5otherPv\n} } }
#include <static_call.h>

extern int (*key)(void) STATIC_CALL_KEY;
extern int (*key_of_other)(void *) STATIC_CALL_KEY;

inline int taken(void) { return 1; }
inline __attribute__((used)) int kept(void) { return 2; }

struct base {
	virtual int get(void) { return 3; }
	int x;
};

int other(void *) { return 4; }

base object;

int (*where(void))(void)
{
	return taken;
}

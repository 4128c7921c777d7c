// SPDX-License-Identifier: GPL-2.0-or-later
// Where no key that names them is called, they are not in the object.
// { dg-do assemble }
// { dg-final { scan-symbols-not {fast|method|static_call_key_function} } }
#include <static_call.h>

inline int fast(int x) { return x + 1001; }
struct object {
	static int method(int x) { return x + 3003; }
};

extern int (*key)(int) STATIC_CALL_KEY_INLINE(fast, object::method);

extern "C" int work(int x) { return x; }

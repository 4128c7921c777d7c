// SPDX-License-Identifier: GPL-2.0-or-later
// Inline functions and instances of templates that only the key's declaration mentions.
// { dg-do assemble }
// { dg-final { scan-function-not work {\tcall} } }
// { dg-final { scan-function work {0x3e9} } }
// { dg-final { scan-function work {0x7d2} } }
// { dg-final { scan-function work {0xbbb} } }
// { dg-final { scan-report-times {"key":"(hooks::)?(key|ops.op)","result":"guarded"} 4 } }
#include <static_call.h>

inline int fast(int x) { return x + 1001; }
template <class T> T generic(T x) { return x + 2002; }
struct object {
	static int method(int x) { return x + 3003; }
};

struct hooks {
	int (*op)(int) STATIC_CALL_KEY_INLINE(object::method);
};

extern int (*key)(int) STATIC_CALL_KEY_INLINE(fast, generic<int>, object::method);
extern hooks ops;

extern "C" int work(int x) { return key(x) ^ ops.op(x); }

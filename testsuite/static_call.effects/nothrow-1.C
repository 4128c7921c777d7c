/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A key of noexcept type needs no landing pad, as a call through an untagged pointer of that type.
 * The attribute nothrow GCC keeps on functions only, and warns: such a key may throw. In C++14
 * noexcept is no part of the type.
 */
/* { dg-do compile } */
/* { dg-additional-options "-std=c++17 -fcf-protection=none" } */
#include <static_call.h>

struct guard {
	~guard();
};

extern "C" {
long (*quiet_key)(long) noexcept STATIC_CALL_KEY;
long (*quiet_plain)(long) noexcept;
long (*key)(long) STATIC_CALL_KEY;
long (*plain)(long);
long (*attribute_key)(long) __attribute__((nothrow)); /* { dg-warning "attribute ignored" } */

#define USES(kind)                                                                            \
	long guarded_##kind(long x)                                                           \
	{                                                                                     \
		guard g;                                                                      \
                                                                                              \
		return kind(x);                                                               \
	}                                                                                     \
	long caught_##kind(long x)                                                            \
	{                                                                                     \
		try {                                                                         \
			return kind(x);                                                       \
		} catch (...) {                                                               \
			return -1;                                                            \
		}                                                                             \
	}                                                                                     \
	/* Nothing for std::terminate() to be called for. */                                  \
	long noexcept_##kind(long x) noexcept                                                 \
	{                                                                                     \
		return kind(x) + 1;                                                           \
	}

USES(quiet_key)
USES(quiet_plain)
USES(key)
USES(plain)
}

/* { dg-final { scan-body-times guarded_quiet_key {^call\s+static_call_key_trampoline} 1 } } */
/* { dg-final { scan-body-not guarded_quiet_key {_Unwind_Resume} } } */
/* { dg-final { scan-body-not caught_quiet_key {__cxa_begin_catch} } } */
/* { dg-final { scan-body-times guarded_key {_Unwind_Resume} 1 } } */
/* { dg-final { scan-body-times caught_key {__cxa_begin_catch} 1 } } */
/* { dg-final { no-longer-than guarded_quiet_key guarded_quiet_plain } } */
/* { dg-final { no-longer-than caught_quiet_key caught_quiet_plain } } */
/* { dg-final { no-longer-than noexcept_quiet_key noexcept_quiet_plain } } */
/* { dg-final { no-longer-than guarded_key guarded_plain } } */
/* { dg-final { no-longer-than caught_key caught_plain } } */

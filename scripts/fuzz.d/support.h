/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every generated program starts with. */
#include <static_call.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t u64;
typedef uint32_t u32;

/* The program is one file, or several objects made of this one file. */
#ifdef PART
#define IN(p) (PART == (p))
#else
#define IN(p) 1
#endif

/* PLAIN: this object's stores are not followed, and its NULL keys are not known. */
#ifndef STATIC_CALL_KEY_PLUGIN
#ifndef PLAIN
#define PLAIN
#endif
#endif
#ifdef PLAIN
#define SYNC(p, n)    ((void)static_call_key_sync((const void *)(p), n))
#define MAYBE_NULL
#define OR_ZERO(k, z) ((k) ? (k) : (z))
#else
#define SYNC(p, n)    ((void)0)
#define MAYBE_NULL    STATIC_CALL_KEY_NOP_IF_NULL
#define OR_ZERO(k, z) (k)
#endif
#define CLOBBERS(...)
#ifdef __has_attribute
#if __has_attribute(static_call_clobbers) && !defined(PLAIN)
#undef CLOBBERS
#define CLOBBERS(...) __attribute__((static_call_clobbers(__VA_ARGS__)))
#endif
#endif
#define KEY           STATIC_CALL_KEY
#define PURE_KEY      STATIC_CALL_KEY_PURE
#define CONST_KEY     STATIC_CALL_KEY_CONST

#define NOINLINE      __attribute__((noinline))
#define NOIPA         __attribute__((noipa))

typedef void *__attribute__((may_alias)) any_pointer;
typedef uintptr_t __attribute__((may_alias)) any_word;

struct P { int a; char b; };
struct Q { long a; double b; };
struct R { long a[5]; };
struct F { float x, y, z; };
struct L { long double a; };
struct D { double a, b; };
typedef int v4si __attribute__((vector_size(16)));
typedef double v2df __attribute__((vector_size(16)));
typedef int v8si __attribute__((vector_size(32)));

static int cells[16] = { 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3 };

#define SCALAR(name, type, mask) \
	__attribute__((unused)) static inline type mk_##name(u32 x) { return (type)(x & mask); } \
	__attribute__((unused)) static inline u64 h_##name(type v) { return (u64)v; }
SCALAR(i, int, 0x7fffffff)
SCALAR(u, unsigned int, 0xffffffff)
SCALAR(l, long, 0x7fffffff)
SCALAR(s, short, 0x7fff)
SCALAR(c, signed char, 0x7f)
SCALAR(uc, unsigned char, 0xff)
#undef SCALAR
#define VALUE(name, type, make, hash) \
	__attribute__((unused)) static inline type mk_##name(u32 x) { type v; make; return v; } \
	__attribute__((unused)) static inline u64 h_##name(type v) { return hash; }
VALUE(f, float, v = (float)(x & 0xfff) / 4, (u64)(long)(v * 16))
VALUE(d, double, v = (double)(x & 0xfffff) / 4, (u64)(long)(v * 16))
VALUE(e, long double, v = (long double)(x & 0xfffff) / 8, (u64)(long)(v * 16))
VALUE(x, __int128, v = (__int128)x << 40 | 5, (u64)v ^ (u64)(v >> 64))
VALUE(p, int *, v = &cells[x & 15], v ? (u64)*v : 77)
VALUE(P, struct P, v.a = (int)(x & 0xffff); v.b = (char)(x & 63), (u64)v.a * 31 + (u64)v.b)
VALUE(Q, struct Q, v.a = (long)x; v.b = (double)(x & 0xff), (u64)v.a * 31 + (u64)(long)v.b)
VALUE(R, struct R, for (int i = 0; i < 5; i++) v.a[i] = (long)(x ^ (u32)i),
      (u64)v.a[0] * 31 + (u64)v.a[4])
VALUE(F, struct F, v.x = (float)(x & 7); v.y = 2; v.z = (float)(x & 0xff),
      (u64)(long)v.x * 31 + (u64)(long)(v.y + v.z))
VALUE(L, struct L, v.a = (long double)(x & 0xffff), (u64)(long)v.a)
VALUE(D, struct D, v.a = (double)(x & 0xffff); v.b = (double)(x & 0xff),
      (u64)(long)v.a * 31 + (u64)(long)v.b)
VALUE(v, v4si, v[0] = (int)(x & 0xff); v[1] = 1; v[2] = 2; v[3] = (int)(x & 0xfff),
      (u64)v[0] * 31 + (u64)v[3])
VALUE(w, v2df, v[0] = (double)(x & 0xff); v[1] = (double)(x & 0xf),
      (u64)(long)v[0] * 31 + (u64)(long)v[1])
VALUE(y, v8si, for (int i = 0; i < 8; i++) v[i] = (int)(x & 0xff) + i,
      (u64)v[0] * 31 + (u64)v[7])
VALUE(z, _Complex double, __real__ v = (double)(x & 0xff); __imag__ v = 2,
      (u64)(long)__real__ v * 31 + (u64)(long)__imag__ v)
VALUE(Z, _Complex float, __real__ v = (float)(x & 0xff); __imag__ v = 2,
      (u64)(long)__real__ v * 31 + (u64)(long)__imag__ v)
#undef VALUE

/* Everything that happens goes in here, in its order. */
extern u64 sum;
extern u32 state;
extern int fuel;

static inline u32 mix(u32 acc, u64 x)
{
	return (acc ^ (u32)x ^ (u32)(x >> 32)) * 2654435761u + 7;
}

static inline void note(u64 x)
{
	sum = (sum ^ x) * 1099511628211u;
	sum ^= sum >> 29;
}

NOIPA void bump(u32 *x);
NOIPA void broken(const char *what);

/* The sites lead where the keys point, at every moment that the program can ask. */
static inline void verify(void)
{
	if (static_call_key_verify())
		broken("stale site");
}

#define CHANGED(call) do { if (call) broken(#call); } while (0)

#if IN(1)
u64 sum = 14695981039346656037u;
u32 state = 1;
int fuel;

NOIPA void bump(u32 *x)
{
	*x = *x * 3 + 1;
}

NOIPA void broken(const char *what)
{
	printf("broken: %s\n", what);
	fflush(stdout);
	abort();
}

struct totals {
	unsigned long keys, sites, patched;
};

static int add_up(const struct static_call_key_info *info, void *data)
{
	struct totals *t = (struct totals *)data;

	t->keys++;
	t->sites += info->sites;
	t->patched += info->patched;
	if (info->stale)
		t->keys = 0;
	return 0;
}

static int finish(void)
{
	struct totals t = { 1, 0, 0 };

	verify();
	static_call_key_for_each(add_up, &t);
	if (!t.keys)
		broken("stale");
	printf("%016llx\n", (unsigned long long)sum);
	if (getenv("FUZZ_TOTALS"))
		fprintf(stderr, "totals %lu %lu\n", t.sites, t.patched);
	return 0;
}
#endif

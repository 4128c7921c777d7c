/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function that cannot be inlined leaves a plain site, no guard and no copy of itself. */
/* { dg-do assemble } */
/* { dg-final { scan-sections-not {static_call_key_guards} } } */
/* { dg-final { scan-symbols-not {static_call_key_(inline|function)} } } */
/* { dg-final { scan-report-times {"key":"variadic","result":"plain","reason":"noinline"} 1 } } */
/* { dg-final { scan-report-times {"key":"avx","result":"plain","reason":"noinline"} 1 } } */
/* { dg-final { scan-report-times {"key":"kept","result":"plain","reason":"noinline"} 1 } } */
/* { dg-final { scan-report-times {"key":"aliased","result":"plain","reason":"noinline"} 1 } } */
/* { dg-final { scan-report-times {"key":"ends","result":"plain","reason":"noinline"} 1 } } */
/* { dg-final { scan-report-times {"key":"elsewhere","result":"plain","reason":"no-body"} 1 } } */
#include <static_call.h>

static int sum(int n, ...)
{
	__builtin_va_list list;

	__builtin_va_start(list, n);
	n += __builtin_va_arg(list, int);
	__builtin_va_end(list);
	return n;
}

__attribute__((target("avx2"))) static int other_machine(int x)
{
	return x * 3;
}

__attribute__((noinline)) static int noinline(int x)
{
	return x + 1;
}

__attribute__((noinline)) int behind(int x)
{
	return x + 2;
}

int alias(int x) __attribute__((alias("behind")));

__attribute__((noreturn)) static void end(void)
{
	__builtin_exit(3);
}

int external(int x);

int (*variadic)(int, ...) STATIC_CALL_KEY_INLINE(sum) = sum;
int (*avx)(int) STATIC_CALL_KEY_INLINE(other_machine) = other_machine;
int (*kept)(int) STATIC_CALL_KEY_INLINE(noinline) = noinline;
int (*aliased)(int) STATIC_CALL_KEY_INLINE(alias) = alias;
void (*ends)(void) STATIC_CALL_KEY_INLINE(end) = end;
int (*elsewhere)(int) STATIC_CALL_KEY_INLINE(external) = external;

int work(int x)
{
	return variadic(x, 1) + avx(x) + kept(x) + aliased(x) + elsewhere(x);
}

void work_ends(void)
{
	ends();
}

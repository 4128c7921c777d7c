/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gmp-times.c - operations of GMP, timed, for the libraries that bench/gmp builds.
 *
 *	gmp-times times		the time of each operation in nanoseconds, by its name
 *	gmp-times results	what the operations compute
 *	gmp-times install	the system calls of GMP's choice of functions for the processor
 *
 * The calls through GMP's table of functions are in the library; nothing here has a tag.
 */
#include "stats.h"
#include "syscalls.h"

#include <gmp.h>
#include <string.h>

/* GMP's own, called at the first use of a function of the table; not in gmp.h. */
void __gmpn_cpuvec_init(void);

#define ROUNDS  9
#define SECONDS 0.004 /* of a round, about */

static mpz_t result;

struct operands {
	mpz_t a, b, odd, twice; /* two numbers, an odd modulus, and one of twice the size */
};

static void mul(const struct operands *o)
{
	mpz_mul(result, o->a, o->b);
}

static void mod(const struct operands *o)
{
	mpz_mod(result, o->twice, o->odd);
}

static void gcd(const struct operands *o)
{
	mpz_gcd(result, o->a, o->b);
}

static void powm(const struct operands *o)
{
	mpz_powm(result, o->a, o->b, o->odd);
}

static const struct operation {
	const char *name;
	void (*run)(const struct operands *o);
	unsigned int bits;
} operations[] = {
	{ "mpz_mul, 128 bits", mul, 128 },     { "mpz_mul, 512 bits", mul, 512 },
	{ "mpz_mod, 512 bits", mod, 512 },     { "mpz_gcd, 128 bits", gcd, 128 },
	{ "mpz_powm, 128 bits", powm, 128 },   { "mpz_powm, 512 bits", powm, 512 },
	{ "mpz_powm, 2048 bits", powm, 2048 },
};

#define OPERATIONS (sizeof(operations) / sizeof(operations[0]))

/* The same numbers in every process, with the highest bit set. */
static void operands_init(struct operands *o, unsigned int bits)
{
	gmp_randstate_t state;

	gmp_randinit_mt(state);
	gmp_randseed_ui(state, bits);
	mpz_inits(o->a, o->b, o->odd, o->twice, NULL);
	mpz_urandomb(o->a, state, bits);
	mpz_urandomb(o->b, state, bits);
	mpz_urandomb(o->odd, state, bits);
	mpz_urandomb(o->twice, state, 2 * bits);
	mpz_setbit(o->a, bits - 1);
	mpz_setbit(o->b, bits - 1);
	mpz_setbit(o->odd, bits - 1);
	mpz_setbit(o->odd, 0);
	mpz_setbit(o->twice, 2 * bits - 1);
	gmp_randclear(state);
}

static double time_calls(const struct operation *op, const struct operands *o, long calls)
{
	double start = seconds();
	long i;

	for (i = 0; i < calls; i++)
		op->run(o);
	return seconds() - start;
}

/* The shortest of the rounds: what else the machine does only adds. */
static double nanoseconds(const struct operation *op, const struct operands *o)
{
	double time, best = 0;
	long calls = 1;
	int round;

	while ((time = time_calls(op, o, calls)) < SECONDS / 4)
		calls *= 2;
	calls = calls * (SECONDS / time) + 1;
	for (round = 0; round < ROUNDS; round++) {
		time = time_calls(op, o, calls) / calls;
		if (!round || time < best)
			best = time;
	}
	return best * 1e9;
}

static int install(void *data)
{
	(void)data;
	__gmpn_cpuvec_init();
	return 0;
}

static int print_install(void)
{
	struct syscalls calls = count_syscalls(NULL, install, NULL);

	if (calls.total < 0)
		printf("not counted: no ptrace here\n");
	else
		printf("%d:%s\n", calls.total, calls.total ? calls.text : " none");
	return 0;
}

int main(int argc, char **argv)
{
	struct operands o;
	size_t i;

	if (argc == 2 && !strcmp(argv[1], "install"))
		return print_install();
	if (argc != 2 || (strcmp(argv[1], "times") && strcmp(argv[1], "results")))
		return 2;
	mpz_init(result);
	for (i = 0; i < OPERATIONS; i++) {
		operands_init(&o, operations[i].bits);
		operations[i].run(&o);
		if (argv[1][0] == 't')
			printf("%s\t%.2f\n", operations[i].name, nanoseconds(&operations[i], &o));
		else
			gmp_printf("%s\t%Zx\n", operations[i].name, result);
		mpz_clears(o.a, o.b, o.odd, o.twice, NULL);
	}
	return 0;
}

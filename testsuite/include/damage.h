/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random damage of the tables of a module that is written by hand. The test that includes this
 * has try_one(), which damages and tries it in a process of its own.
 */
#ifndef DAMAGE_H
#define DAMAGE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "by-hand.h"

static void try_one(int what);

static uint64_t damage_state = 0x9e3779b97f4a7c15;

static uint64_t number(void)
{
	damage_state ^= damage_state << 13;
	damage_state ^= damage_state >> 7;
	damage_state ^= damage_state << 17;
	return damage_state;
}

/* A value that is wrong in one of the ways in which values are. */
static uint64_t damaged(uint64_t value)
{
	switch (number() % 6) {
	case 0:
		return 0;
	case 1:
		return value ^ 1ull << number() % 64;
	case 2:
		return value + (int64_t)(number() % 513) - 256;
	case 3:
		return value + ((number() % 65) << 12);
	case 4:
		return (uintptr_t)&damage_state + (int64_t)(int32_t)number();
	default:
		return number();
	}
}

static void damage(void *start, size_t bytes)
{
	uint64_t words[2];
	size_t at = number() % (bytes / 4) * 4;
	size_t n = at + 8 <= bytes ? 4 + number() % 2 * 4 : 4;

	memset(words, 0, sizeof(words));
	memcpy(words, (char *)start + at, n);
	words[0] = damaged(words[0]);
	memcpy((char *)start + at, words, n);
}

/* Tables are read-only as linked. */
static void make_writable(uintptr_t lo, uintptr_t hi)
{
	lo &= ~4095ul;
	CHECK(!mprotect((void *)lo, hi - lo, PROT_READ | PROT_WRITE));
}

/* Arguments of the program: how often, the seed, and the number that is to run here. */
static int try_all(int argc, char **argv, int kinds)
{
	int i, status, count = argc > 1 ? atoi(argv[1]) : 1000;
	int here = argc > 3 ? atoi(argv[3]) : -1;
	pid_t pid;

	if (argc > 2)
		damage_state ^= strtoull(argv[2], NULL, 0) * 0x2545f4914f6cdd1d;
	for (i = 0; i < count; i++) {
		number();
		if (here >= 0 && i < here)
			continue;
		if (i == here) {
			try_one(i % kinds);
			break;
		}
		pid = fork();
		CHECK(pid >= 0);
		if (!pid) {
			try_one(i % kinds);
			_exit(0);
		}
		CHECK(waitpid(pid, &status, 0) == pid);
		if (!WIFEXITED(status) || WEXITSTATUS(status)) {
			printf("number %d: status %x\n", i, status);
			return 1;
		}
	}
	puts("ok");
	return 0;
}

#endif

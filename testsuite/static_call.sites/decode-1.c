/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the runtime takes for one instruction that may stand anywhere, is one for a disassembler
 * too, and no branch; it does not touch the stack, nor is it relative to itself. Random bytes,
 * of which those are written to a file that the runtime accepts; objdump reads it.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "x86_64-body.h"

#define TRIES 400000
#define SLOT  16

static unsigned char lengths[TRIES];
static unsigned long accepted;

static unsigned int number(void)
{
	static uint64_t state = 1;

	state = state * 6364136223846793005ull + 1442695040888963407ull;
	return state >> 33;
}

/* Prefixes, escapes and VEX more often than they come by themselves. */
static void make(unsigned char *code, unsigned int length)
{
	static const unsigned char first[] = { 0x0f, 0x48, 0x66, 0xf3, 0xf2, 0xc5,
					       0xc4, 0x41, 0x44, 0x65, 0x2e, 0xf0 };
	unsigned int i;

	memset(code, 0x90, SLOT);
	for (i = 0; i < length; i++)
		code[i] = number();
	if (number() & 1)
		code[0] = first[number() % sizeof(first)];
	if (length > 2 && number() % 3 == 0)
		code[1] = 0x0f;
}

static void write_accepted(const char *name)
{
	FILE *f = fopen(name, "w");
	unsigned char code[SLOT];
	unsigned long i;

	if (!f)
		exit(2);
	for (i = 0; i < TRIES; i++) {
		unsigned int length = 1 + number() % 5;
		uint64_t body;

		make(code, length);
		body = scrt_body_of(code, length);
		if (!body || body & SCRT_BODY_SEVERAL)
			continue;
		fwrite(code, 1, SLOT, f);
		lengths[accepted++] = length;
	}
	fclose(f);
}

static bool forbidden(const char *text)
{
	static const char *const words[] = { "%rsp", "%esp", "%sp", "%spl", "%rip", "call",
					     "ret", "push", "pop ", "loop", "syscall", "int3" };
	unsigned int i;

	if (*text == 'j')
		return true;
	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(text, words[i]))
			return true;
	return false;
}

int main(void)
{
	char command[128], line[256], text[256];
	unsigned long at, wrong = 0, seen = 0;
	const char *name = "decode-1.bin";
	FILE *f;

	write_accepted(name);
	snprintf(command, sizeof(command), "objdump -D -w -b binary -mi386:x86-64 %s", name);
	f = popen(command, "r");
	if (!f)
		return 2;
	while (fgets(line, sizeof(line), f)) {
		int bytes = 0, begin = 0;
		const char *p;

		if (sscanf(line, " %lx:\t%n", &at, &begin) != 1 || !begin || at % SLOT)
			continue;
		for (p = line + begin; p[0] && p[1] && p[2] == ' ' && *p != ' '; p += 3)
			bytes++;
		p += strspn(p, " \t");
		snprintf(text, sizeof(text), "%s", p);
		seen++;
		/* What no assembler makes faults, wherever it stands. */
		if (strstr(text, "(bad)"))
			continue;
		if (bytes != lengths[at / SLOT] || forbidden(text)) {
			fprintf(stderr, "%d bytes, not %d: %s", lengths[at / SLOT], bytes, line);
			wrong++;
		}
	}
	pclose(f);
	remove(name);
	if (!seen) {
		printf("SKIPPED: needs objdump\nok\n");
		return 0;
	}
	if (wrong || seen != accepted || accepted < TRIES / 50) {
		fprintf(stderr, "%lu accepted, %lu seen, %lu wrong\n", accepted, seen, wrong);
		return 1;
	}
	printf("ok, %lu\n", accepted);
	return 0;
}

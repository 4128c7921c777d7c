// SPDX-License-Identifier: GPL-2.0-or-later
/* What machine this is, as far as it matters: the processor, what it is given to as, the kernel. */
#include <cpuid.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "stress.h"

#define HYPERVISOR_BIT  (1u << 31)
#define HYPERVISOR_LEAF 0x40000000u

static void add(char *text, size_t size, const char *form, ...)
{
	size_t n = strlen(text);
	va_list args;

	va_start(args, form);
	vsnprintf(text + n, size - n, form, args);
	va_end(args);
}

/* Three or four registers of text. */
static void cpuid_text(char *text, unsigned int a, unsigned int b, unsigned int c)
{
	memcpy(text, &a, 4);
	memcpy(text + 4, &b, 4);
	memcpy(text + 8, &c, 4);
	text[12] = '\0';
}

/* A line of /proc/cpuinfo, which knows more than the processor says; "" if it is not there. */
static void cpuinfo(const char *name, char *value, size_t size)
{
	FILE *f = fopen("/proc/cpuinfo", "re");
	char line[512], *colon;

	*value = '\0';
	while (f && fgets(line, sizeof(line), f)) {
		colon = strchr(line, ':');
		if (strncmp(line, name, strlen(name)) || !colon)
			continue;
		colon[strcspn(colon, "\n")] = '\0';
		snprintf(value, size, "%s", colon + 1 + (colon[1] == ' '));
		break;
	}
	if (f)
		fclose(f);
}

static void add_processor(char *text, size_t size)
{
	unsigned int a, b, c, d, family, model;
	char vendor[13], value[256];

	cpuinfo("model name", value, sizeof(value));
	__cpuid(0, a, b, c, d);
	cpuid_text(vendor, b, d, c);
	__cpuid(1, a, b, c, d);
	family = a >> 8 & 15;
	model = a >> 4 & 15;
	if (family == 15 || family == 6)
		model |= a >> 12 & 0xf0;
	if (family == 15)
		family += a >> 20 & 0xff;
	add(text, size, "%s, %s family %u model %u stepping %u", *value ? value : "unnamed", vendor,
	    family, model, a & 15);
	cpuinfo("microcode", value, sizeof(value));
	if (*value)
		add(text, size, ", microcode %s", value);
}

static void add_hypervisor(char *text, size_t size)
{
	unsigned int a, b, c, d, i, n = 0;
	char name[13];

	__cpuid(1, a, b, c, d);
	if (!(c & HYPERVISOR_BIT)) {
		add(text, size, ", no hypervisor");
		return;
	}
	__cpuid(HYPERVISOR_LEAF, a, b, c, d);
	cpuid_text(name, b, c, d);
	for (i = 0; name[i]; i++)
		if (name[i] > 0x20 && name[i] < 0x7f)
			name[n++] = name[i];
	name[n] = '\0';
	add(text, size, ", hypervisor %s", n ? name : "unnamed");
}

void stress_machine(char *text, size_t size)
{
	struct utsname system;

	*text = '\0';
	add_processor(text, size);
	add_hypervisor(text, size);
	if (!uname(&system))
		add(text, size, ", %s %s", system.sysname, system.release);
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * perf FREQUENCY COMMAND...: run the command while each processor is interrupted so many times a
 * second, and its stack in the kernel read. Where stacks end is printed, and what has been interrupted
 * most often. Fails if the command does, if there are few samples, or if a stack does not
 * end where the kernel is entered: unwind data is wrong then where it was interrupted. Of
 * retpolines the kernel says that there is none (UNWIND_HINT_UNDEFINED).
 */
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CPUS = 2, PAGE = 4096, RING = 256 * PAGE, MIN_SAMPLES = 300 };

/* ---- the kernel's functions ---- */

struct function {
	unsigned long address;
	char *name;
	unsigned long ended, interrupted; /* here, so many times */
};

static struct function *functions;
static size_t count;

static int by_address(const void *a, const void *b)
{
	const struct function *one = a, *two = b;

	return (one->address > two->address) - (one->address < two->address);
}

static int read_functions(void)
{
	FILE *file = fopen("/proc/kallsyms", "r");
	char line[1024], name[512], type;
	unsigned long address;

	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%lx %c %511s", &address, &type, name) != 3 || !address ||
		    !strchr("tTwW", type))
			continue;
		functions = realloc(functions, (count + 1) * sizeof(*functions));
		functions[count++] = (struct function){ address, strdup(name), 0, 0 };
	}
	if (file)
		fclose(file);
	qsort(functions, count, sizeof(*functions), by_address);
	return count > 1000;
}

static struct function *function_at(unsigned long address)
{
	size_t low = 0, high = count;

	while (low + 1 < high) {
		size_t middle = (low + high) / 2;

		if (functions[middle].address <= address)
			low = middle;
		else
			high = middle;
	}
	return &functions[low];
}

/* Where tasks, interrupts and processors come from. */
static int is_entry(const char *name)
{
	static const char *const entries[] = { "entry_",
					       "asm_",
					       "ret_from_fork",
					       "common_startup",
					       "secondary_startup",
					       "x86_64_start",
					       "startup_xen",
					       "exc_xen_",
					       "xen_",
					       "error_entry" };
	size_t i;

	for (i = 0; i < sizeof(entries) / sizeof(entries[0]); i++)
		if (!strncmp(name, entries[i], strlen(entries[i])))
			return 1;
	return 0;
}

/* ---- samples ---- */

static struct ring {
	struct perf_event_mmap_page *head;
	const unsigned char *data;
} rings[CPUS];

static unsigned long samples, lost, undefined, wrong;

static int open_ring(int cpu, unsigned int frequency)
{
	struct perf_event_attr attr = { .type = PERF_TYPE_SOFTWARE,
					.size = sizeof(attr),
					.config = PERF_COUNT_SW_CPU_CLOCK,
					.sample_freq = frequency,
					.freq = 1,
					.sample_type = PERF_SAMPLE_CALLCHAIN,
					.exclude_callchain_user = 1,
					.exclude_user = 1 };
	int fd = syscall(SYS_perf_event_open, &attr, -1, cpu, -1, 0);
	void *map;

	if (fd < 0)
		return 0;
	map = mmap(NULL, PAGE + RING, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return 0;
	rings[cpu].head = map;
	rings[cpu].data = (unsigned char *)map + PAGE;
	return 1;
}

/* From the interrupted instruction to the outermost function. */
static void see_stack(const unsigned long *ip, size_t n)
{
	struct function *end;
	size_t i;

	while (n && (*ip > (unsigned long)PERF_CONTEXT_MAX)) {
		ip++;
		n--;
	}
	if (!n)
		return;
	samples++;
	function_at(ip[0])->interrupted++;
	end = function_at(ip[n - 1]);
	end->ended++;
	if (is_entry(end->name))
		return;
	if (!strncmp(end->name, "__x86_indirect_", 15)) {
		undefined++;
		return;
	}
	if (wrong++ < 5)
		for (i = 0; i < n; i++) {
			struct function *f = function_at(ip[i]);

			printf("%s %s+0x%lx\n", i ? "        " : "no entry", f->name,
			       ip[i] - f->address);
		}
}

static void read_ring(struct ring *ring)
{
	unsigned long head = __atomic_load_n(&ring->head->data_head, __ATOMIC_ACQUIRE);
	unsigned long tail = ring->head->data_tail;
	static union {
		unsigned char bytes[65536];
		struct perf_event_header header;
		unsigned long words[1];
	} event;
	size_t i;

	while (tail < head) {
		for (i = 0; i < sizeof(event.header); i++)
			event.bytes[i] = ring->data[(tail + i) % RING];
		for (; i < event.header.size; i++)
			event.bytes[i] = ring->data[(tail + i) % RING];
		if (event.header.type == PERF_RECORD_SAMPLE)
			see_stack(event.words + 2, event.words[1]);
		else if (event.header.type == PERF_RECORD_LOST)
			lost += event.words[2];
		tail += event.header.size;
	}
	__atomic_store_n(&ring->head->data_tail, tail, __ATOMIC_RELEASE);
}

static int by_interrupts(const void *a, const void *b)
{
	const struct function *one = a, *two = b;

	return (one->interrupted < two->interrupted) - (one->interrupted > two->interrupted);
}

int main(int argc, char **argv)
{
	int cpu, status = 0;
	pid_t child, ended;
	size_t i;

	if (argc < 3)
		return 2;
	if (!read_functions()) {
		fprintf(stderr, "perf: no kernel symbols\n");
		return 1;
	}
	for (cpu = 0; cpu < CPUS; cpu++)
		if (!open_ring(cpu, atoi(argv[1]))) {
			perror("perf_event_open");
			return 1;
		}
	child = fork();
	if (!child) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	do {
		ended = waitpid(child, &status, WNOHANG);
		for (cpu = 0; cpu < CPUS; cpu++)
			read_ring(&rings[cpu]);
		usleep(20000);
	} while (!ended);

	printf("%lu samples, %lu lost, %lu that end in a retpoline, %lu elsewhere\n", samples, lost,
	       undefined, wrong);
	for (i = 0; i < count; i++)
		if (functions[i].ended)
			printf("ended %lu times: %s\n", functions[i].ended, functions[i].name);
	qsort(functions, count, sizeof(*functions), by_interrupts);
	for (i = 0; i < 12 && functions[i].interrupted; i++)
		printf("interrupted %lu times: %s\n", functions[i].interrupted, functions[i].name);
	return status || wrong || samples < MIN_SAMPLES;
}

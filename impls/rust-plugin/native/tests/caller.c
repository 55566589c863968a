/* Calls the library as a C program does, and says on standard error what is wrong. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crossover.h"

#define CHECK(condition)                                                       \
  do {                                                                         \
    if (!(condition)) {                                                        \
      fprintf(stderr, "line %d: %s\n", __LINE__, #condition);                  \
      exit(1);                                                                 \
    }                                                                          \
  } while (0)

static const uint8_t *bytes(const char *text) { return (const uint8_t *)text; }

int main(void) {
  CHECK(crossover_abi_version() == CROSSOVER_ABI_VERSION);
  CHECK(strstr(crossover_capabilities(), "\"workloads\":[\"json\",") != NULL);

  CrossoverContext *context = crossover_context_new();
  const char *text = "{ \"a\" : [ 1 , 2 ] }";
  const char *expected = "{\"a\":[1,2]}";
  uint8_t output[64];
  uint64_t length = 0;
  uint64_t compute_ns = 0;

  /* Size query: nothing is written, the result waits. */
  CHECK(crossover_call(context, 0, NULL, 0, bytes(text), strlen(text), NULL, 0, &length, &compute_ns) ==
        CROSSOVER_STATUS_BUFFER_TOO_SMALL);
  CHECK(length == strlen(expected));
  CHECK(compute_ns > 0);
  CHECK(crossover_take_output(context, output, sizeof output, &length) == CROSSOVER_STATUS_OK);
  CHECK(length == strlen(expected) && memcmp(output, expected, length) == 0);

  /* An error has a code and a sentence. */
  CHECK(crossover_call(context, 99, NULL, 0, NULL, 0, output, sizeof output, &length, NULL) ==
        CROSSOVER_STATUS_FAILED);
  CHECK(crossover_last_error(context, output, sizeof output, &length) == CROSSOVER_STATUS_OK);
  const char *error = "unknown-workload\nunknown workload \"99\"";
  CHECK(length == strlen(error) && memcmp(output, error, length) == 0);

  crossover_context_free(context);
  crossover_context_free(NULL);
  return 0;
}

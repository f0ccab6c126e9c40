/* Uses the installed library as a stranger would. */
#include <stdio.h>

#include <detente/detente.h>

int main(void) {
    dt_env *env;

    if (dt_env_new(&env, NULL) != DT_OK) return 1;
    printf("detente %s\n", dt_version());
    dt_env_free(env);
    return 0;
}

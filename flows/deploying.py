"""What a Prefect server is told once: pool, deployments, their parameters, and what a dead run is."""

import asyncio
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags, FlowRunFilter
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.exceptions import ObjectAlreadyExists
from prefect.states import Crashed

import flows
from newsduck.errors import NewsduckError

POOL = "newsduck"
ZOMBIES = "newsduck: runs whose process is gone"
HEARTBEAT = 30
"""Seconds between a run's signs of life; after three that are missing it counts as dead."""
GONE = (
    "No sign of life: its process, worker or machine is gone. What it had read is in the archive; "
    "`newsduck replay` loads it."
)
_ENDS = ("Completed", "Failed", "Cancelled", "Crashed")


def deployments_file() -> Path:
    """The deployments: of the clone, or as the wheel brings them along."""
    package = Path(flows.__file__).parent
    shipped, cloned = package / "prefect.yaml", package.parent / "deployments" / "prefect.yaml"
    return cloned if cloned.exists() else shipped


def deploy() -> None:
    """All deployments of the file, by Prefect's own command; their runs work in the current folder.

    Raises NewsduckError with Prefect's words where it refuses one.
    """
    done = subprocess.run(  # noqa: S603 - ourselves
        [
            *(sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"),
            *("--prefect-file", str(deployments_file())),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    if done.returncode or "Skipping deployment" in said:
        raise NewsduckError(f"{deployments_file()} could not be deployed:\n{said.strip()}")


async def make_pool() -> None:
    """The work pool that the deployments name; nothing where it is there already."""
    async with get_client() as client:
        try:
            await client.create_work_pool(
                WorkPoolCreate(name=POOL, type="process", description="newsduck's flows"), overwrite=False
            )
        except ObjectAlreadyExists:
            return


async def refuse_unknown_parameters() -> None:
    """Have the server itself refuse parameters that a flow does not have.

    Prefect's schemas leave them open: the run is made, and crashes when a worker starts it.
    """
    async with get_client() as client:
        for deployment in await _deployments(client):
            schema = {**(deployment.parameter_openapi_schema or {}), "additionalProperties": False}
            reply = await client._client.patch(  # noqa: SLF001 - the typed call cannot say this
                f"/deployments/{deployment.id}", json={"parameter_openapi_schema": schema}
            )
            reply.raise_for_status()


async def scheduled_runs() -> int:
    """How many runs of ours stand on the schedule."""
    async with get_client() as client:
        runs = await client.read_flow_runs(
            flow_run_filter=FlowRunFilter.model_validate(
                {"state": {"type": {"any_": [StateType.SCHEDULED]}}}
            ),
            deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=["newsduck"])),
            limit=5,
        )
        return len(runs)


async def bury_zombies() -> None:
    """Make runs that gave no sign of life for three heartbeats Crashed, so that the next ones may start."""
    automation = AutomationCore(
        name=ZOMBIES,
        description="A worker or a machine died: its runs must not stay Running and block the next.",
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.heartbeat", *(f"prefect.flow-run.{end}" for end in _ENDS)},
            match={"prefect.resource.id": "prefect.flow-run.*"},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(seconds=3 * HEARTBEAT),
        ),
        actions=[
            ChangeFlowRunState(
                name="Crashed",
                force=False,
                state=StateType.CRASHED,
                message=GONE,
            )
        ],
    )
    async with get_client() as client:
        if not await client.read_automations_by_name(ZOMBIES):
            await client.create_automation(automation)


async def bury_left_over() -> None:
    """Make runs Crashed that an earlier `newsduck serve` left in work: nobody will end them.

    One that had not begun gives no sign of life that could be missed, and would keep its place for ever: no
    other run of its deployment could start.
    """
    in_work = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
    async with get_client() as client:
        left = await client.read_flow_runs(
            flow_run_filter=FlowRunFilter.model_validate({"state": {"type": {"any_": in_work}}}),
            deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=["newsduck"])),
        )
        for run in left:
            await client.set_flow_run_state(run.id, Crashed(message=GONE))


async def _deployments(client: PrefectClient) -> list[DeploymentResponse]:
    return list(
        await client.read_deployments(
            deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=["newsduck"]))
        )
    )


async def furnish() -> None:
    """What Prefect's own `deploy` leaves out: schemas that refuse, and an end for dead runs."""
    await refuse_unknown_parameters()
    await bury_zombies()


if __name__ == "__main__":
    asyncio.run(furnish())

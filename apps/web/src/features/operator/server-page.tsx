import { forbidden } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { PageHeader } from '#ui/page-header.tsx';
import { CreateLab } from './create-lab.tsx';
import { ServedLabTable } from './served-lab-table.tsx';

const ServerQuery = graphql(`
  query Server { viewer { isOperator servedLabs { ...ServedLabTable_lab } } }
`);

/** The labs of this server and their room, for its operator. */
export async function ServerPage() {
  const { viewer } = await read(ServerQuery);
  if (!viewer.isOperator) forbidden();
  return (
    <>
      <PageHeader
        title="Labs of this server"
        says="You run this server: you make labs and give them room. What is in a lab you see only where it invites you."
        actions={<CreateLab />}
      />
      <ServedLabTable labs={viewer.servedLabs} />
    </>
  );
}
